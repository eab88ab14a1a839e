import { detectorOf } from "../../core/detectors";
import { steps } from "../../core/detectors/words";
import { isFailureType, type Severity } from "../../core/wire";
import { percent } from "../../core/words";
import type { ExplainedSignal, RateContext } from "../../logql/ask";
import { t } from "../text";

type Told = Omit<ExplainedSignal, "failure_type" | "confidence" | "origin" | "logql">;

/** A signal as a card shows it: an explained one, or as much as a frame has of it. */
export interface ShownSignal extends Told {
  /** Also of types that this version does not know. */
  readonly failure_type: string;
  readonly confidence: number | undefined;
  readonly origin: ExplainedSignal["origin"] | undefined;
  /** The query that finds it. */
  readonly logql?: string | undefined;
}

/** How often it comes up, as far as it is known. */
export interface ShownRate extends Pick<RateContext, "rate"> {
  readonly fired?: number | undefined;
  readonly runs?: number | undefined;
  /** 0 to 1, where the numbers behind it are not at hand. */
  readonly share?: number | undefined;
}

/** "Tool loop"; of an unknown type its own name. */
export function labelOf(failure_type: string): string {
  return isFailureType(failure_type) ? detectorOf(failure_type).label : failure_type;
}

/** "step 6" or "steps 6 to 14", as far as the evidence or the signal says. */
export function stepsOf({ evidence, step_index }: Pick<ShownSignal, "evidence" | "step_index">): string | undefined {
  const { first_step, last_step } = evidence;
  if (typeof first_step === "number" && typeof last_step === "number") return steps(first_step, last_step);
  return step_index === undefined ? undefined : steps(step_index, step_index);
}

/** "recurring: 4.2 % of 212 runs in 7 days". */
export function rateText({ rate, fired, runs, share }: ShownRate): string {
  const known = share ?? (fired !== undefined && runs !== undefined && runs > 0 ? fired / runs : undefined);
  const part = known === undefined ? undefined : percent(known);
  if (rate === "first") return t("signalCard.first", "first seen in 7 days");
  const word = rate === "systemic" ? t("signalCard.systemic", "systemic") : t("signalCard.recurring", "recurring");
  if (part === undefined) return t("signalCard.inWeek", "{{word}} in 7 days", { word });
  if (runs === undefined)
    return t("signalCard.share", "{{word}}: {{part}} of this agent's runs in 7 days", { word, part });
  return t("signalCard.shareOf", "{{word}}: {{part}} of this agent's {{runs}} runs in 7 days", { word, part, runs });
}

/** Where recorded and computed verdict differ, in a sentence; undefined where they agree or one is missing. */
export function differenceOf(signal: {
  readonly origin: ShownSignal["origin"];
  readonly severity: Severity;
  readonly differs: Severity | null | undefined;
}): string | undefined {
  const { origin, differs, severity } = signal;
  if (differs === undefined) return undefined;
  if (origin === "computed") {
    return differs === null
      ? t("signalCard.onlyComputed", "Found with today's thresholds; the producer recorded no such signal.")
      : t("signalCard.recordedOther", "{{severity}} with today's thresholds; the producer recorded {{differs}}.", {
          severity,
          differs,
        });
  }
  return differs === null
    ? t("signalCard.onlyRecorded", "Recorded by the producer; today's thresholds do not find it.")
    : t("signalCard.computedOther", "Recorded as {{severity}}; today's thresholds say {{differs}}.", {
        severity,
        differs,
      });
}

/** Evidence as rows of name and value, in the order it was stated. Objects and lists as JSON. */
export function evidenceRows(evidence: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(evidence).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "string" ? value : (JSON.stringify(value) ?? String(value))]],
  );
}
