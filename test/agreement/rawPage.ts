import type { FailureType } from "../../src/core";
import type { Producer } from "../../src/logql/detectors";

export interface RawRow {
  readonly label: string;
  readonly type: FailureType;
  readonly isAsked: boolean;
  readonly exact: readonly Producer[];
}

const INTRO = `# Which detectors work on raw events

Producers that write no facts, such as the Python package, are judged by rebuilding their runs. For some detectors a query over the raw events says exactly the same, which an alert rule or a dashboard can use. This list is written by \`npm run test:agreement\`: it compares each query with the rule on real and on 2,000 random runs, with parallel calls, lost answers and missing fields. Do not edit it.

"Exact" means the same runs, the same severity before other signals raise it, and the same runs without data. The queries join series by run: they need a real Loki, and its \`max_query_series\` has to hold the runs of the window. The window has to be longer than any run in it.

| Detector | Lines with \`schema\` | Lines of the Python package |
|---|---|---|
`;

const OUTRO = `
All other detectors depend on the order of events, on user turns, on which answer belongs to which call, or on a price table. Single lines do not tell that; facts do.
`;

/** The page that lists what is exact. */
export function pageOf(rows: readonly RawRow[]): string {
  const cell = (row: RawRow, producer: Producer): string => (row.exact.includes(producer) ? "exact" : "differs");
  const lines = rows
    .filter(({ isAsked }) => isAsked)
    .map((row) => `| ${row.label} (\`${row.type}\`) | ${cell(row, "schema")} | ${cell(row, "python")} |`);
  return `${INTRO}${lines.join("\n")}\n${OUTRO}`;
}
