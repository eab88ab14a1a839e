import { detectorOf } from "../../core/detectors";
import type { Severity } from "../../core/wire";
import { t } from "../text";
import type { TimelineRun } from "./item";
import type { TimelineSignal } from "./signal";

/** Something at a point in time beside the calls. */
export interface Mark {
  readonly kind: "external" | "policy" | "input" | "signal";
  /** ms from the beginning. */
  readonly at: number;
  readonly label: string;
  /** More about it, for the tip. */
  readonly detail: string;
  readonly step_index: number | undefined;
  readonly severity: Severity | undefined;
  readonly shadow: boolean;
}

/** What came from outside: external signals, policies that acted, further inputs of the user. By time. */
export function eventMarks({ run, origin }: TimelineRun): Mark[] {
  const marks: Mark[] = [];
  for (const line of run.lines) {
    if ("unknown" in line) continue;
    const at = (line.time - origin) / 1000;
    const { step_index } = line;
    const common = { at, step_index, severity: undefined, shadow: false } as const;
    if (line.event_type === "external.signal") {
      const { signal_name, source } = line.payload;
      const label = t("timeline.mark.external", "{{name}} (external)", { name: signal_name });
      const detail = source === undefined ? label : t("timeline.mark.from", "from {{source}}", { source });
      marks.push({ ...common, kind: "external", label, detail });
    } else if (line.event_type === "policy.triggered") {
      const { policy_name, action_type, trigger } = line.payload;
      const label = t("timeline.mark.policy", "policy {{action}}", { action: action_type });
      marks.push({ ...common, kind: "policy", label, detail: `${policy_name}: ${trigger}` });
    } else if (line.event_type === "input.received") {
      const label = t("timeline.mark.input", "user input");
      marks.push({ ...common, kind: "input", label, detail: label });
    }
  }
  return marks.sort((a, b) => a.at - b.at);
}

/** Signals at their step; of the whole run at its end. By time. */
export function signalMarks({ run, origin, items }: TimelineRun, signals: readonly TimelineSignal[]): Mark[] {
  const starts = new Map<number, number>();
  for (const { step_index, start } of items) if (!starts.has(step_index)) starts.set(step_index, start);
  const end = (run.ended_at - origin) / 1000;
  const marks = signals.map(({ failure_type, severity, shadow, title, step_index }): Mark => {
    const at = step_index === undefined ? end : (starts.get(step_index) ?? (step_index === 0 ? 0 : end));
    const name = detectorOf(failure_type).label;
    const label = shadow ? t("timeline.mark.shadow", "{{name}} (shadow)", { name }) : `${severity} ${name}`;
    return { kind: "signal", at, label, detail: title, step_index, severity, shadow };
  });
  return marks.sort((a, b) => a.at - b.at);
}
