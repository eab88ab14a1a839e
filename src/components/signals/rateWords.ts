import { percent } from "../../core/words";
import type { RateContext } from "../../logql/ask";
import { t } from "../text";

/** "recurring · 4.2 % of runs", "first seen": how usual a failure is, for a column. */
export function rateWords({ rate, fired, runs }: RateContext): string {
  if (rate === "first") return t("signals.firstSeen", "first seen");
  const share = percent(fired / Math.max(1, runs));
  return rate === "systemic"
    ? t("signals.systemicShare", "systemic · {{share}} of runs", { share })
    : t("signals.recurringShare", "recurring · {{share}} of runs", { share });
}
