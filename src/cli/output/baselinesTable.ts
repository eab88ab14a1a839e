import {
  ALL_VERSIONS,
  BASELINE_FACTS,
  type BaselineEntry,
  type BaselineFact,
  type BaselineFile,
} from "../../core/baselines";
import { factValue, NOTHING } from "../../core/words";
import { sanitise } from "./sanitise";
import { type Column, table } from "./table";
import { wrap } from "./width";

interface Row {
  readonly agent: string;
  readonly version: string;
  readonly entry: BaselineEntry;
}

/** Titles short enough for all facts to fit beside each other. */
const TITLES = {
  steps: "STEPS",
  active_ms: "ACTIVE",
  slowest_tool_ms: "TOOL",
  slowest_llm_ms: "LLM",
  slowest_gap_ms: "GAP",
  context_growth: "GROWTH",
  total_tokens: "TOKENS",
  turn_calls_max: "TURN",
} as const;

/** The facts that say most; the others are shown where there is room. */
const MAIN: ReadonlySet<BaselineFact> = new Set(["steps", "active_ms", "total_tokens", "turn_calls_max"]);
const WIDE = 110;

interface Written {
  readonly runs: number;
  /** File name. */
  readonly out: string;
  readonly minRuns: number;
}

/** What was written: the 75th percentiles by agent and version. */
export function baselinesTable(file: BaselineFile, { runs, out, minRuns }: Written, columns: number): string[] {
  const rows = Object.entries(file.agents).flatMap(([agent, versions]) =>
    Object.entries(versions).map(([version, entry]): Row => ({ agent, version, entry })),
  );
  const written = `Wrote ${sanitise(out)} from ${runs} runs, window of ${file.window_days} days up to ${file.generated_at}.`;
  if (rows.length === 0) {
    return wrap(`${written} No agent has ${minRuns} completed runs in it, so it holds no baseline.`, columns);
  }
  const layout: Column<Row>[] = [
    { title: "AGENT", value: (row) => sanitise(row.agent), shrinksTo: 12, isName: true },
    { title: "VERSION", value: (row) => (row.version === ALL_VERSIONS ? "all" : sanitise(row.version)), shrinksTo: 8 },
    { title: "RUNS", value: (row) => String(row.entry.runs), align: "right" },
    ...BASELINE_FACTS.filter((fact) => columns >= WIDE || MAIN.has(fact)).map((fact) => ({
      title: TITLES[fact],
      value: ({ entry }: Row) => {
        const value = entry.p75[fact];
        return value === undefined ? NOTHING : factValue(fact, value);
      },
      align: "right" as const,
    })),
  ];
  return [...table(layout, rows, { columns }), "", ...wrap(written, columns)];
}
