import type { Signal } from "../../core/detectors";
import { counted } from "../../core/detectors/words";
import type { Facts } from "../../core/facts/facts";
import type { Judged, ListedRun } from "../../core/judging";
import { HEADLINE, selectSignals } from "../../core/judging";
import type { RunStatus } from "../../core/run";
import type { Micros } from "../../core/wire";
import { costOf, dollars, moment, shortDuration, tokensOf } from "../../core/words";
import { sanitise, shortId } from "./sanitise";
import { severityLabel, severityText } from "./severity";
import type { Style } from "./style";
import { type Column, table } from "./table";
import { truncate, wrapItems } from "./width";

/** What the list keeps of a run. */
export interface RunRow {
  readonly run_id: string;
  readonly agent_id: string;
  readonly status: RunStatus;
  readonly started_at: Micros;
  readonly facts: Pick<
    Facts,
    "steps" | "duration_ms" | "llm_calls" | "total_tokens" | "unmetered_llm_calls" | "cost_usd" | "unpriced_llm_calls"
  >;
  /** The worst signal of MEDIUM or above that counts, and how many others there are. */
  readonly worst: Pick<Signal, "severity" | "shadow" | "title"> | undefined;
  readonly others: number;
}

export function runRow({ run, signals }: Judged<ListedRun>): RunRow {
  const [worst, ...others] = selectSignals(signals, HEADLINE);
  const { steps, duration_ms, llm_calls, total_tokens, unmetered_llm_calls, cost_usd, unpriced_llm_calls } = run.facts;
  return {
    run_id: run.run_id,
    agent_id: run.agent_id,
    status: run.status,
    started_at: run.started_at,
    facts: { steps, duration_ms, llm_calls, total_tokens, unmetered_llm_calls, cost_usd, unpriced_llm_calls },
    // Copied: a signal holds on to its run until its title is read.
    worst: worst === undefined ? undefined : { severity: worst.severity, shadow: worst.shadow, title: worst.title },
    others: others.length,
  };
}

interface Layout {
  readonly style: Style;
  readonly columns: number;
}

/** From this width on there is room for the start of each run. */
const WIDE = 100;

export function runColumns<Row extends Omit<RunRow, "worst" | "others">>({ style, columns }: Layout): Column<Row>[] {
  return [
    { title: "STATUS", value: (row) => row.status, paint: (text, row) => style.status[row.status](text) },
    { title: "RUN", value: (row) => shortId(row.run_id) },
    { title: "AGENT", value: (row) => sanitise(row.agent_id), shrinksTo: 12, isName: true },
    ...(columns >= WIDE
      ? [{ title: "STARTED (UTC)", value: (row: Row) => moment(row.started_at), align: "right" as const }]
      : []),
    { title: "DURATION", value: (row) => shortDuration(row.facts.duration_ms), align: "right" },
    { title: "STEPS", value: (row) => String(row.facts.steps), align: "right" },
    { title: "TOKENS", value: (row) => tokensOf(row.facts), align: "right" },
    { title: "COST", value: (row) => costOf(row.facts), align: "right" },
  ];
}

/** `▲ HIGH  web_search was called 4 times … and 2 more`, indented below its run. */
export function worstLine(row: RunRow, { style, columns }: Layout): string[] {
  if (row.worst === undefined) return [];
  const more = row.others === 0 ? "" : ` (+${row.others})`;
  const label = severityLabel(row.worst, style);
  const space = columns - 4 - severityText(row.worst).length - more.length;
  return [`  ${label}  ${truncate(sanitise(row.worst.title), space)}${style.dim(more)}`];
}

/** The table of some runs and a line that sums all of them up. */
export function runsTable<Row extends RunRow>(shown: readonly Row[], all: readonly Row[], layout: Layout): string[] {
  if (all.length === 0) return ["No runs."];
  const lines = table(runColumns<Row>(layout), shown, {
    columns: layout.columns,
    below: (row) => worstLine(row, layout),
    paintTitle: layout.style.dim,
  });
  return [...lines, "", ...summary(all, shown.length, layout.columns)];
}

function summary(rows: readonly RunRow[], shown: number, columns: number): string[] {
  const words = [counted(rows.length, "run")];
  for (const status of ["errored", "stalled", "running"] as const) {
    const count = rows.filter((row) => row.status === status).length;
    if (count > 0) words.push(`${count} ${status}`);
  }
  const flagged = rows.filter((row) => row.worst !== undefined).length;
  words.push(flagged === 0 ? "no signal of MEDIUM or above" : `${flagged} with signals of MEDIUM or above`);
  const costs = rows.flatMap((row) => row.facts.cost_usd ?? []);
  if (costs.length > 0) words.push(`cost ${dollars(costs.reduce((sum, usd) => sum + usd, 0))}`);
  const unpriced = rows.filter((row) => row.facts.unpriced_llm_calls > 0).length;
  if (unpriced > 0) words.push(`${unpriced} with unpriced calls`);
  if (shown < rows.length) words.push(`newest ${shown} shown`);
  return wrapItems(words, " · ", columns);
}
