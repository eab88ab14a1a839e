import type { Detector } from "../../core/detectors";
import { canBeOverridden } from "../../core/detectors/overrides";
import { severityRank } from "../../core/wire";

/** Whether signals of a detector can be as severe as what the exported rules alert by default: HIGH. */
export function canAlert({ type, top }: Pick<Detector, "type" | "top">): boolean {
  return canBeOverridden(type) || severityRank(top) >= severityRank("HIGH");
}
