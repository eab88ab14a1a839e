import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { Detector, Thresholds } from "../../core/detectors";
import { percent } from "../../core/words";
import { t } from "../text";
import type { WhatIfs } from "./useWhatIf";

/** How many runs would fire as tried, how many do today, and the difference. */
export function WhatIfNumbers(props: {
  readonly detector: Detector;
  readonly setting: string | undefined;
  readonly tried: Thresholds;
  readonly whatIfs: WhatIfs;
}) {
  const { setting, tried, whatIfs } = props;
  const styles = useStyles2(stylesOf);
  const { values, counts } = whatIfs;
  if (counts.data === undefined) return null;
  const { today, judged, candidates } = counts.data;
  const value = setting === undefined ? undefined : tried[setting];
  const at = value === undefined ? 0 : Math.max(0, values.indexOf(value));
  const fired = candidates[at]?.fired ?? today;
  const difference = fired - today;
  const isAsToday = fired === today;
  return (
    <p className={styles.line} aria-live="polite">
      {!isAsToday && (
        <span>
          <span className={styles.number}>{fired.toLocaleString("en-US")}</span>{" "}
          {t("detectors.wouldFire", "runs would have fired")}
        </span>
      )}
      <span>
        <span className={styles.number}>{today.toLocaleString("en-US")}</span>{" "}
        {isAsToday && setting !== undefined
          ? t("detectors.fireBoth", "of {{judged}} runs fire, as today ({{share}})", {
              judged: judged.toLocaleString("en-US"),
              share: percent(judged === 0 ? 0 : today / judged),
            })
          : t("detectors.fireToday", "fire today")}
      </span>
      {!isAsToday && (
        <span className={difference < 0 ? styles.fewer : styles.more}>
          {difference < 0 ? `−${-difference}` : `+${difference}`}
        </span>
      )}
    </p>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  line: css({
    display: "flex",
    flexWrap: "wrap",
    columnGap: theme.spacing(3),
    alignItems: "baseline",
    margin: 0,
    color: theme.colors.text.secondary,
    fontVariantNumeric: "tabular-nums",
  }),
  number: css({ fontSize: theme.typography.h3.fontSize, color: theme.colors.text.primary }),
  fewer: css({ fontSize: theme.typography.h3.fontSize, color: theme.colors.success.text }),
  more: css({ fontSize: theme.typography.h3.fontSize, color: theme.colors.warning.text }),
});
