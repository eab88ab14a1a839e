import { expect, it } from "vitest";
import { BLANK } from "./driver";
import { describeHosted } from "./hosted";
import type { ShownResponse } from "./page/api";

const DAY_MS = 86_400_000;
const QUERIES = [
  { queryType: "runs" },
  { queryType: "signals" },
  { queryType: "signals", mode: "computed" },
  { queryType: "signalRate", step: "1h" },
  { queryType: "agents" },
  { queryType: "whatIf", failureType: "TOOL_LOOP", thresholds: { threshold: "3, 5" } },
];

/** The rows of an answer: what each field holds. */
const rowsOf = (responses: readonly ShownResponse[]): unknown =>
  responses.at(-1)?.frames.map(({ fields }) => fields.map(({ name, labels, values }) => ({ name, labels, values })));

describeHosted("ranges that Grafana splits by day", ({ visit }) => {
  it.each(QUERIES)("answer %j row by row as unsplit ones do", async (query) => {
    const to = Date.now();
    const range = { from: to - 3 * DAY_MS, to };
    const answers: unknown[] = [];
    for (const splits of [true, false]) {
      await visit(
        BLANK,
        async (tab) => {
          answers.push(rowsOf(await tab.query({ version: 1, ...query }, range)));
        },
        { options: { splits } },
      );
    }
    const [split, whole] = answers;
    expect(split).toEqual(whole);
    expect(JSON.stringify(split).length).toBeGreaterThan(100);
  });
});
