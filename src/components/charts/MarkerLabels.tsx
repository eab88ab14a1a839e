import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { MarkerPlace } from "./markerPlaces";
import type { PlotFrame } from "./plot";

/** The names of the dashed lines, each beside its own. */
export function MarkerLabels({
  places,
  frame,
}: {
  readonly places: readonly MarkerPlace[];
  readonly frame: PlotFrame;
}) {
  const styles = useStyles2(stylesOf);
  return (
    <>
      {places.map(({ x, markers, text, side }) => {
        const at = frame.plot.left + x;
        const place = side === "left" ? { right: frame.width - at + 4 } : { left: at + 4 };
        return (
          text !== undefined && (
            <span key={x} className={styles.label} style={place} title={markers.map(({ label }) => label).join("\n")}>
              {text}
            </span>
          )
        );
      })}
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  label: css({
    position: "absolute",
    top: 0,
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: "nowrap",
  }),
});
