import { type Run, visiblePayload } from "../../core/run";
import type { Line, UnknownLine } from "../../core/wire";
import { formatMicros } from "../../core/wire";
import { jsonText } from "./json";
import { sanitise } from "./sanitise";
import type { Style } from "./style";
import { wrap } from "./width";

/** One line of the run as it may be shown. */
export interface LoggedLine {
  readonly ts: string;
  readonly event_type: string;
  readonly step_index: number;
  readonly seq?: number;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Keys whose values are not shown: raw content, and what this version does not know. */
  readonly hidden?: readonly string[];
}

export function loggedLine(line: Line | UnknownLine, run: Run): LoggedLine {
  const { payload, hidden } = visiblePayload(line, run.capture);
  return {
    ts: formatMicros(line.time),
    event_type: line.event_type,
    step_index: line.step_index,
    ...(line.seq === undefined ? {} : { seq: line.seq }),
    payload,
    ...(hidden.length === 0 ? {} : { hidden }),
  };
}

/** All lines of a run in order, raw content left out unless its capture is full. */
export function eventLog(run: Run, { style, columns }: { readonly style: Style; readonly columns: number }): string[] {
  return run.lines.flatMap((line) => {
    const { ts, event_type, step_index, seq, payload, hidden = [] } = loggedLine(line, run);
    const words = Object.entries(payload).map(([key, value]) => `${key}=${shown(value)}`);
    if (hidden.length > 0) words.push(`(not shown: ${hidden.map(sanitise).join(", ")})`);
    const place = `${seq === undefined ? "" : `#${seq} `}step ${step_index}`;
    const head = `${ts.slice(11, -1)}  ${style.bold(sanitise(event_type))}  ${style.dim(place)}`;
    const details = words.join(" ");
    return details === "" ? [head] : [head, ...wrap(details, columns - 4).map((text) => `    ${text}`)];
  });
}

const shown = (value: unknown): string => sanitise(typeof value === "string" ? value : jsonText(value));
