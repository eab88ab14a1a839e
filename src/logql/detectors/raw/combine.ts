import type { EventType } from "../../../core/wire";
import type { LogqlText } from "../../api";
import {
  agents as agentMatchers,
  aggregate,
  countOverTime,
  events,
  type JsonPath,
  json,
  labelIs,
  numberText,
  pipeline,
  type Scope,
  type Stage,
  selector,
} from "../../builders";

/** Which lines, and how far back. */
export interface RawLines {
  readonly scope?: Scope | undefined;
  readonly agents?: readonly string[] | undefined;
  /** How long before the time of the query, ms: longer than any run, because a run that is cut is judged wrong. */
  readonly windowMs: number;
  /** Only lines without `schema`, as the Python package writes them: its runs have no facts. */
  readonly withoutSchema?: boolean | undefined;
}

export interface LinesOf {
  readonly events: readonly EventType[];
  readonly fields?: Readonly<Record<string, JsonPath>>;
  readonly stages?: readonly Stage[];
}

/** The label of the run in all answers. */
export const RUN_LABEL = "rid";

function linesOf({ scope = {}, agents, withoutSchema = false }: RawLines, asked: LinesOf): LogqlText {
  const lines = selector(scope, [...agentMatchers(agents), ...events(...asked.events)]);
  const schema: Readonly<Record<string, JsonPath>> = withoutSchema ? { sch: "schema" } : {};
  const filters = [...(withoutSchema ? [labelIs("sch", "")] : []), ...(asked.stages ?? [])];
  return pipeline(lines, json({ [RUN_LABEL]: "run_id", ...schema, ...asked.fields }), ...filters);
}

/** How many such lines has each run? Runs without one have no series. */
export function linesByRun(raw: RawLines, asked: LinesOf): LogqlText {
  return aggregate("sum", countOverTime(linesOf(raw, asked), raw), [RUN_LABEL]);
}

const text = (query: string): LogqlText => query as LogqlText;

export function atLeastByRun(metric: LogqlText, value: number): LogqlText {
  return text(`(${metric} >= ${numberText(value)})`);
}

export function bothByRun(one: LogqlText, other: LogqlText): LogqlText {
  return text(`(${one} and on (${RUN_LABEL}) ${other})`);
}

export function exceptByRun(one: LogqlText, other: LogqlText): LogqlText {
  return text(`(${one} unless on (${RUN_LABEL}) ${other})`);
}

export function shareByRun(part: LogqlText, whole: LogqlText): LogqlText {
  return text(`(${part} / on (${RUN_LABEL}) ${whole})`);
}
