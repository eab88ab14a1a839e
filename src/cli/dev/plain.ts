import type { JudgedRun } from "../../core/judging";
import { HEADLINE, selectSignals } from "../../core/judging";
import { formatMicros } from "../../core/wire";
import { clock } from "../../core/words";
import { amountsOf, exitReasonOf } from "../output/runHeader";
import { runRecord } from "../output/runRecord";
import { sanitise, shortId } from "../output/sanitise";
import { severityLabel, severityText } from "../output/severity";
import type { Style } from "../output/style";
import { pad } from "../output/width";
import type { LiveEvent, SignalNews } from "./liveRun";

const LABEL = 10;

const shadowless = (signal: SignalNews) => ({ severity: signal.severity, shadow: false });

/** One line for people: a run began, a signal fired, a run ended. */
export function plainLine(event: LiveEvent, style: Style): string {
  const { run } = event;
  const who = `${shortId(run.run_id)}  ${sanitise(run.agent_id)}`;
  switch (event.kind) {
    case "started":
      return `${clock(event.time)}  ${pad("started", LABEL)}  ${who}${run.model === undefined ? "" : ` · ${sanitise(run.model)}`}`;
    case "signal": {
      const { failure_type, confidence, title, provisional } = event.signal;
      const label = pad(severityLabel(shadowless(event.signal), style), LABEL);
      const hint = provisional ? style.dim(" (may still change)") : "";
      return `${clock(event.time)}  ${label}  ${who} · ${failure_type} ${confidence.toFixed(2)}: ${sanitise(title)}${hint}`;
    }
    case "ended": {
      const { run: rebuilt } = event.judged;
      const words = [...amountsOf(rebuilt), exitReasonOf(rebuilt), ...worstOf(event.judged)].filter(
        (word) => word !== undefined,
      );
      const label = style.status[rebuilt.status](pad(rebuilt.status, LABEL));
      return `${clock(event.time)}  ${label}  ${who} · ${words.join(" · ")}`;
    }
  }
}

function worstOf({ signals }: JudgedRun): string[] {
  const [worst, ...others] = selectSignals(signals, HEADLINE);
  if (worst === undefined) return [];
  const more = others.length > 0 ? ` (+${others.length})` : "";
  return [`${severityText(worst)} ${worst.failure_type}${more}`];
}

/** The same for programs: one object per line. */
export function eventRecord(event: LiveEvent): object {
  const { run } = event;
  const head = { event: event.kind, run_id: run.run_id, agent_id: run.agent_id };
  switch (event.kind) {
    case "started":
      return { ...head, started_at: formatMicros(run.started_at) };
    case "signal":
      return { ...head, ...event.signal };
    case "ended":
      return { event: event.kind, ...runRecord(event.judged) };
  }
}
