import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { SEVERITIES } from "../../core/wire";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import type { Bar } from "./bars";
import { type ChartMarker, markersIn } from "./markerPlaces";
import type { PlotFrame } from "./plot";
import { useChartTime } from "./useChartTime";

export interface BarTipProps {
  readonly bar: Bar;
  readonly frame: PlotFrame;
  readonly markers: readonly ChartMarker[];
}

/** What one bar holds, beside it. The button of the bar says the same. */
export function BarTip({ bar, frame, markers }: BarTipProps) {
  const styles = useStyles2(stylesOf);
  const { format } = useChartTime();
  const x = frame.plot.left + frame.x(bar.from);
  const isRight = x > frame.width / 2;
  const place = isRight ? { right: frame.width - x + 4 } : { left: x + frame.barWidth + 4 };
  return (
    <div className={styles.tip} style={place} aria-hidden="true">
      <div className={styles.time}>
        {format(bar.from, "MM-DD HH:mm:ss")} – {format(bar.to, "HH:mm:ss")}
      </div>
      {SEVERITIES.toReversed()
        .filter((severity) => bar.counts[severity] > 0)
        .map((severity) => (
          <div key={severity} className={styles.row}>
            <SeverityBadge severity={severity} />
            <span>{bar.counts[severity]}</span>
          </div>
        ))}
      {markersIn(markers, bar).map(({ at, label }) => (
        <div key={`${at} ${label}`} className={styles.marker}>
          ┊ {label}
        </div>
      ))}
      {bar.total === 0 && t("charts.none", "no signals")}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  tip: css({
    position: "absolute",
    top: 0,
    zIndex: theme.zIndex.tooltip,
    pointerEvents: "none",
    background: theme.colors.background.elevated ?? theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
    padding: theme.spacing(0.75, 1),
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: "tabular-nums",
  }),
  time: css({ color: theme.colors.text.secondary, whiteSpace: "nowrap" }),
  marker: css({ maxWidth: 260, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  row: css({ display: "flex", justifyContent: "space-between", gap: theme.spacing(2) }),
});
