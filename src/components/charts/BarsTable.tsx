import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import type { TimeSpan } from "../../logql/ask";
import { t } from "../text";
import { type Bar, severitiesIn } from "./bars";
import { type ChartMarker, markersIn } from "./markerPlaces";
import { useChartTime } from "./useChartTime";

export interface BarsTableProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly markers: readonly ChartMarker[];
  readonly onSelect: (span: TimeSpan) => void;
}

/** The same as the chart, as rows: the bars that hold something, newest first, and what was deployed in them. */
export function BarsTable({ label, bars, markers, onSelect }: BarsTableProps) {
  const styles = useStyles2(stylesOf);
  const { format } = useChartTime();
  const severities = severitiesIn(bars);
  const rows = bars.filter((bar) => bar.total > 0 || markersIn(markers, bar).length > 0).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.box} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("charts.time", "Time")}</th>
            {severities.map((severity) => (
              <th key={severity} scope="col" className={styles.number}>
                {severity}
              </th>
            ))}
            <th scope="col">{t("charts.deployed", "Deploys and fixes")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((bar) => (
            <tr key={bar.from}>
              <td>
                <Button size="sm" fill="text" onClick={() => onSelect({ from: bar.from, to: bar.to })}>
                  {format(bar.from)}
                </Button>
              </td>
              {severities.map((severity) => (
                <td key={severity} className={styles.number}>
                  {bar.counts[severity]}
                </td>
              ))}
              <td className={styles.text}>
                {markersIn(markers, bar)
                  .map((marker) => marker.label)
                  .join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({ maxHeight: 240, overflow: "auto" }),
  table: css({
    width: "100%",
    fontVariantNumeric: "tabular-nums",
    "& th, & td": { padding: theme.spacing(0.25, 1), borderBottom: `1px solid ${theme.colors.border.weak}` },
    "& th": { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
  }),
  number: css({ textAlign: "right" }),
  text: css({ overflowWrap: "anywhere" }),
});
