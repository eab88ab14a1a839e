import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { type KeyboardEvent, useRef, useState } from "react";
import type { TimeSpan } from "../../logql/ask";
import { t } from "../text";
import { BarTip } from "./BarTip";
import type { Bar } from "./bars";
import { barText } from "./barText";
import { type ChartMarker, markersIn } from "./markerPlaces";
import type { PlotFrame } from "./plot";
import { useChartTime } from "./useChartTime";

export interface BarButtonsProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly frame: PlotFrame;
  readonly markers: readonly ChartMarker[];
  readonly onSelect: (span: TimeSpan) => void;
}

/** What hand and ear get of a chart: a button over each bar. One of them is reached by Tab, the others by arrow keys. */
export function BarButtons({ label, bars, frame, markers, onSelect }: BarButtonsProps) {
  const styles = useStyles2(stylesOf);
  const { format } = useChartTime();
  const list = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<number>();
  const [shown, setShown] = useState<number>();
  const last = bars.length - 1;
  const reached = Math.min(current ?? last, last);
  const move = (event: KeyboardEvent): void => {
    if (event.key === "Escape") setShown(undefined);
    const to = { ArrowLeft: reached - 1, ArrowRight: reached + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(to, 0), last);
    setCurrent(next);
    const button = list.current?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };
  const tip = shown === undefined ? undefined : bars[shown];
  return (
    <>
      <div
        ref={list}
        role="toolbar"
        aria-label={t("charts.chooseBar", "{{label}}: choose a bar to look at its time", { label })}
        className={styles.list}
        style={{ left: frame.plot.left, top: frame.plot.top, width: frame.plot.width, height: frame.plot.height }}
        onKeyDown={move}
        onPointerLeave={() => setShown(undefined)}
      >
        {bars.map((bar, at) => (
          <button
            key={bar.from}
            type="button"
            className={styles.bar}
            tabIndex={at === reached ? 0 : -1}
            aria-label={barText(bar, markersIn(markers, bar), format)}
            onPointerEnter={() => setShown(at)}
            onFocus={() => {
              setCurrent(at);
              setShown(at);
            }}
            onBlur={() => setShown(undefined)}
            onClick={() => onSelect({ from: bar.from, to: bar.to })}
          />
        ))}
      </div>
      {tip !== undefined && <BarTip bar={tip} frame={frame} markers={markers} />}
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({ position: "absolute", display: "flex" }),
  bar: css({
    flex: "1 1 0",
    minWidth: 0,
    padding: 0,
    border: "none",
    background: "transparent",
    "&:hover": { background: theme.colors.action.hover },
    "&:focus-visible": { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: 0 },
  }),
});
