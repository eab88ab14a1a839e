import { describe } from "vitest";
import { openStore } from "../../src/loki";
import { streamsOf } from "../logql/streams";
import { answersAgree } from "./agree";
import { hostileQuestionsAreAnswered } from "./hostile";

describe("answers over the embedded store", () => {
  answersAgree(async ({ lines }) => {
    const store = openStore({ clock: Date.now });
    const { refused, broken, foreign } = store.pushLines(lines);
    if (refused + broken + foreign > 0) throw new Error(`the store refused ${refused + broken + foreign} lines`);
    return { api: store.api(), scope: {} };
  });
});

describe("hostile questions to the embedded store", () => {
  hostileQuestionsAreAnswered(async (lines) => {
    const store = openStore({ clock: Date.now });
    const streams = streamsOf(lines).map(({ labels, entries }) => ({
      labels,
      entries: entries.map(([ts, line]) => ({ ts: BigInt(ts), line })),
    }));
    const { refusals } = store.push(streams);
    if (refusals.length > 0) throw new Error(refusals.map(({ text }) => text).join("; "));
    return { api: store.api(), scope: {} };
  });
});
