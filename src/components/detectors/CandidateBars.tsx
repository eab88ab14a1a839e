import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { count } from "../../core/words";
import { t } from "../text";

export interface Candidate {
  readonly value: number;
  /** The value with its comparison: `≥ 4`. */
  readonly label: string;
  /** Undefined while it is asked for. */
  readonly fired: number | undefined;
}

export interface CandidateBarsProps {
  readonly candidates: readonly Candidate[];
  readonly tried: number;
  readonly inUse: number;
  readonly onTry: (value: number) => void;
}

const HEIGHT = 88;

/** How many runs would fire at each of some thresholds. A bar is a button: it tries its threshold. */
export function CandidateBars({ candidates, tried, inUse, onTry }: CandidateBarsProps) {
  const styles = useStyles2(stylesOf);
  const most = Math.max(1, ...candidates.map(({ fired = 0 }) => fired));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend
    <div className={styles.bars} role="group" aria-label={t("detectors.bars", "Runs that would fire, by threshold")}>
      {candidates.map(({ value, label, fired }) => (
        <button
          key={value}
          type="button"
          className={styles.bar}
          aria-pressed={value === tried}
          onClick={() => onTry(value)}
        >
          <span className={styles.number}>
            {fired === undefined ? "" : count(fired)}
            <span className={styles.heard}>{t("detectors.barSays", " runs would fire at ")}</span>
          </span>
          <span
            className={cx(styles.fill, value === tried && styles.tried)}
            style={{ height: fired === undefined || fired === 0 ? 1 : Math.max(2, (fired / most) * HEIGHT) }}
          />
          <span className={cx(styles.label, value === tried && styles.strong)}>{label}</span>
          <span className={styles.today}>{value === inUse ? t("detectors.today", "today") : " "}</span>
        </button>
      ))}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  bars: css({
    display: "grid",
    gridAutoFlow: "column",
    gridAutoColumns: "minmax(0, 1fr)",
    alignItems: "end",
    minHeight: HEIGHT + 56,
  }),
  bar: css({
    position: "relative",
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "flex-end",
    minWidth: 0,
    padding: 0,
    border: "none",
    background: "none",
    font: "inherit",
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: "tabular-nums",
    color: theme.colors.text.primary,
    "&:hover": { background: theme.colors.action.hover },
    "&:focus-visible": { outline: `2px solid ${theme.colors.primary.border}` },
  }),
  heard: css({
    position: "absolute",
    width: 1,
    height: 1,
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "pre",
  }),
  number: css({ color: theme.colors.text.secondary }),
  fill: css({ width: "70%", background: theme.colors.text.disabled, borderRadius: theme.shape.radius.default }),
  tried: css({ background: theme.colors.primary.main }),
  label: css({
    maxWidth: "100%",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    marginTop: theme.spacing(0.5),
  }),
  strong: css({ fontWeight: theme.typography.fontWeightBold }),
  today: css({ color: theme.colors.text.secondary, whiteSpace: "pre" }),
});
