import { describe } from "vitest";
import { openStore } from "../../src/loki";
import { hostileValuesAreFound } from "./hostileLines";
import { manyAgentsAreRead } from "./manyAgents";
import { readersAgree } from "./readers";
import { streamsOf } from "./streams";

describe("readers over the embedded store", () => {
  readersAgree(async ({ lines }) => {
    const store = openStore({ clock: Date.now });
    const { refused, broken, foreign } = store.pushLines(lines);
    if (refused + broken + foreign > 0) throw new Error(`the store refused ${refused + broken + foreign} lines`);
    return { api: store.api(), scope: {} };
  });
});

describe("hostile values in the embedded store", () => {
  hostileValuesAreFound(async (lines) => {
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

describe("700 agents in the embedded store", () => {
  manyAgentsAreRead(async (lines) => {
    const store = openStore({ clock: Date.now });
    const { refused, broken, foreign } = store.pushLines(lines);
    if (refused + broken + foreign > 0) throw new Error(`the store refused ${refused + broken + foreign} lines`);
    return { api: store.api(), scope: {} };
  });
});
