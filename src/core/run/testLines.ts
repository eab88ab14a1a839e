import type { Payloads } from "../wire/events";
import type { Line, LineOf } from "../wire/line";

type ShortEvent = { [T in keyof Payloads]: readonly [T, Payloads[T], (number | undefined)?] }[keyof Payloads];

/** Test support: the start of every run made by `linesOf`, µs. */
export const T0 = 1_795_168_800_000_000;

/**
 * Test support: lines of one run from `[event_type, payload, step?]`, one second apart. Calls take the next step, answers
 * and everything else the step reached, unless a step is given.
 */
export function linesOf(events: readonly ShortEvent[], common: Partial<LineOf<"run.started">> = {}): Line[] {
  let step = 0;
  const lines: LineOf<keyof Payloads>[] = events.map(([event_type, payload, given], seq) => {
    if (given !== undefined) step = given;
    else if (event_type === "llm.called" || event_type === "tool.called" || event_type === "retrieval.called") step++;
    return {
      agent_id: "agent",
      run_id: "run",
      schema: 1,
      seq,
      ...common,
      event_type,
      payload,
      step_index: step,
      time: T0 + seq * 1_000_000,
    };
  });
  return lines.filter(isLine);
}

/** `ShortEvent` binds each payload to its event type; the compiler forgets that over `map`. */
function isLine(line: LineOf<keyof Payloads>): line is Line {
  return line.payload !== undefined;
}
