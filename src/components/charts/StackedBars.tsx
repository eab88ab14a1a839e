import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import { useState } from "react";
import type { TimeSpan } from "../../logql/ask";
import { t } from "../text";
import { BarButtons } from "./BarButtons";
import { BarsPicture } from "./BarsPicture";
import { BarsTable } from "./BarsTable";
import { type Bar, severitiesIn } from "./bars";
import { Legend } from "./Legend";
import { MarkerLabels } from "./MarkerLabels";
import { type ChartMarker, placeMarkers } from "./markerPlaces";
import { frameOf } from "./plot";

export interface StackedBarsProps {
  /** What is counted, for those who cannot see it: "Signals over time". */
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly markers: readonly ChartMarker[];
  /** px, measured by whoever asks for the bars: their number depends on it. */
  readonly width: number;
  readonly height?: number;
  /** A bar was chosen. */
  readonly onSelect: (span: TimeSpan) => void;
}

/** Counts over time by severity, with deploys as dashed lines. Bars can be chosen by mouse and arrow keys; the same as a table. */
export function StackedBars({ label, bars, markers, width, height = 190, onSelect }: StackedBarsProps) {
  const styles = useStyles2(stylesOf);
  const [asTable, setTable] = useState(false);
  const frame = frameOf(bars, width, height);
  const places = placeMarkers(markers, frame.span, frame.plot.width, (count) =>
    t("charts.deploys", "{{count}} deploys", { count }),
  );
  return (
    <figure className={styles.figure} aria-label={label}>
      {asTable ? (
        <BarsTable label={label} bars={bars} markers={markers} onSelect={onSelect} />
      ) : (
        <div className={styles.box} style={{ height }}>
          <BarsPicture bars={bars} frame={frame} places={places} />
          <BarButtons label={label} bars={bars} frame={frame} markers={markers} onSelect={onSelect} />
          <MarkerLabels places={places} frame={frame} />
        </div>
      )}
      <figcaption className={styles.foot}>
        <Legend severities={severitiesIn(bars)} deploys={places.length > 0} />
        <Button size="sm" fill="text" variant="secondary" aria-pressed={asTable} onClick={() => setTable(!asTable)}>
          {asTable ? t("charts.asChart", "Show as chart") : t("charts.asTable", "Show as table")}
        </Button>
      </figcaption>
    </figure>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  figure: css({ margin: 0, minWidth: 0 }),
  box: css({ position: "relative", width: "100%" }),
  foot: css({
    display: "flex",
    flexWrap: "wrap",
    justifyContent: "space-between",
    alignItems: "center",
    gap: theme.spacing(0.5, 2),
    minHeight: theme.spacing(3),
  }),
});
