import type { SignalItem } from "../../logql/ask";
import { t } from "../text";

/** What the other verdict says, in a column: "computed: clear", "recorded: HIGH". Nothing where both agree. */
export function differWords({ origin, differs }: Pick<SignalItem, "origin" | "differs">): string {
  if (differs === undefined) return "";
  const severity = differs ?? t("signals.clear", "clear");
  return origin === "recorded"
    ? t("signals.computedSays", "computed: {{severity}}", { severity })
    : t("signals.recordedSays", "recorded: {{severity}}", { severity });
}
