import { useTheme2 } from "@grafana/ui";
import { t } from "../text";
import type { Delta } from "./deltas";

export interface DeltaTextProps {
  readonly delta: Delta | undefined;
  /** How much, in words: "3", "12 %", "6 s". */
  readonly by: string;
  /** The time it is compared with: "24 h". */
  readonly before: string;
  /** More of it is a failure, not only more. */
  readonly failure?: boolean;
}

/** "▲ 3 against the 24 h before". Nothing where there is nothing to compare with. */
export function DeltaText({ delta, by, before, failure = false }: DeltaTextProps) {
  const { colors } = useTheme2();
  if (delta === undefined) return null;
  if (delta.direction === "same") {
    return <span>{t("overview.same", "as in the {{before}} before", { before })}</span>;
  }
  const isMore = delta.direction === "up";
  const colour = isMore ? (failure ? colors.error.text : colors.warning.text) : colors.success.text;
  const words = isMore
    ? t("overview.more", "{{by}} more than in the {{before}} before", { by, before })
    : t("overview.less", "{{by}} less than in the {{before}} before", { by, before });
  return (
    <span style={{ color: colour }} title={words}>
      <span aria-hidden="true">
        {isMore ? "▲" : "▼"} {by}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
