import { type Run, visiblePayload } from "../../core/run";
import { formatMicros, type Line, type UnknownLine } from "../../core/wire";
import { finder } from "./find";

/** A line of the run as the event log shows it. */
export interface LogRow {
  /** Its place among the lines of the run. */
  readonly index: number;
  readonly line: Line | UnknownLine;
}

/** A payload's keys and values, in the order of the line. */
export interface ShownPayload {
  readonly pairs: readonly { readonly key: string; readonly value: string }[];
  /** Keys whose values are not shown: raw content, and what this version does not know. */
  readonly hidden: readonly string[];
}

export function shownPayload(line: Line | UnknownLine, capture: Run["capture"]): ShownPayload {
  const { payload, hidden } = visiblePayload(line, capture);
  const pairs = Object.entries(payload).map(([key, value]) => ({
    key,
    value: typeof value === "string" ? value : (JSON.stringify(value) ?? ""),
  }));
  return { pairs, hidden };
}

/** The line as JSON for people, raw content left out unless the run's capture is full. */
export function jsonOf(line: Line | UnknownLine, capture: Run["capture"]): string {
  const { payload, hidden } = visiblePayload(line, capture);
  const { time, written, event_type, step_index, seq, call_id, agent_version, span_id, parent_span_id, tags } = line;
  const shown = {
    ts: formatMicros(time),
    ...(written === undefined ? {} : { written: formatMicros(written) }),
    event_type,
    agent_id: line.agent_id,
    run_id: line.run_id,
    step_index,
    seq,
    call_id,
    agent_version,
    span_id,
    parent_span_id,
    tags,
    payload,
    ...(hidden.length === 0 ? {} : { not_shown: hidden }),
    ...(line.truncated === true ? { truncated: true } : {}),
  };
  return JSON.stringify(shown, undefined, 2);
}

/** What of a line can be found by text. */
function textOf(line: Line | UnknownLine, capture: Run["capture"]): string {
  const { pairs, hidden } = shownPayload(line, capture);
  const words = pairs.map(({ key, value }) => `${key}=${value}`);
  const seq = line.seq === undefined ? "" : `#${line.seq}`;
  return [seq, line.event_type, `step ${line.step_index}`, ...words, ...hidden].join(" ");
}

/** The lines that have what is looked for, in their order. */
export function foundRows({ lines, capture }: Pick<Run, "lines" | "capture">, find: string): readonly LogRow[] {
  const rows = lines.map((line, index) => ({ index, line }));
  if (find.trim() === "") return rows;
  const matches = finder(find);
  return rows.filter(({ line }) => matches(textOf(line, capture)));
}
