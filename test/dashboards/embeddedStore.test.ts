import { describe } from "vitest";
import { openStore } from "../../src/loki";
import { dashboardsAreAnswered } from "./answered";

describe("the queries of the dashboards over the embedded store", () => {
  dashboardsAreAnswered(async (lines) => {
    const store = openStore({ clock: Date.now });
    const { refused, broken, foreign } = store.pushLines(lines);
    if (refused + broken + foreign > 0) throw new Error(`the store refused ${refused + broken + foreign} lines`);
    return { api: store.api(), scope: {}, matchers: "" };
  });
});
