import type { Detector } from "../../core/detectors";
import type { FailureType } from "../../core/wire";

/** The setting that decides most, where it is not the first one. */
const MAIN: Readonly<Partial<Record<FailureType, string>>> = {
  CONTEXT_BLOAT: "growth_factor",
  REASONING_STALL: "ratio_threshold",
  COST_SPIKE: "static_threshold_tokens",
  SESSION_LATENCY: "static_threshold_secs",
};

/** The setting shown with the slider: the one asked for where the detector has it. Undefined of detectors without any. */
export function mainSetting({ type, defaults }: Detector, asked?: string): string | undefined {
  const names = Object.keys(defaults);
  return names.find((name) => name === asked) ?? MAIN[type] ?? names[0];
}
