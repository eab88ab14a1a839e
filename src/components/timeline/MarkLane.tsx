import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Tooltip, useStyles2, useTheme2 } from "@grafana/ui";
import { memo, useMemo } from "react";
import { SeverityMark, severityColours } from "../severity";
import type { Mark } from "./marks";
import { type PlacedMark, placeMarks } from "./placeMarks";
import type { TimeWindow } from "./window";

const ROW = 22;
const PADDING = 6;

interface MarkLaneProps {
  readonly marks: readonly Mark[];
  readonly window: TimeWindow;
  readonly width: number;
  /** Goes to the step of a mark. */
  readonly onPick: (step_index: number) => void;
}

/** Points in time: symbol and word, each a button that leads to its step. */
export const MarkLane = memo(function MarkLane({ marks, window, width, onPick }: MarkLaneProps) {
  const styles = useStyles2(stylesOf);
  const placed = useMemo(() => placeMarks(marks, window, width), [marks, window, width]);
  const rows = placed.reduce((most, mark) => Math.max(most, mark.row + 1), 1);
  return (
    <div className={styles.lane} style={{ height: rows * ROW + 2 * PADDING }}>
      {placed.map((mark) => (
        <Tooltip key={`${mark.label} ${mark.x}`} content={tipOf(mark)}>
          <button
            type="button"
            className={styles.mark}
            style={{
              top: PADDING + mark.row * ROW,
              ...(mark.side === "right"
                ? { left: mark.x - 6, maxWidth: Math.max(14, width - mark.x + 6) }
                : { right: width - mark.x - 6, flexDirection: "row-reverse" }),
            }}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => {
              const step = mark.marks[0]?.step_index;
              if (step !== undefined) onPick(step);
            }}
          >
            <MarkSymbol mark={mark.marks[0]} />
            <span className={styles.label}>{mark.label}</span>
          </button>
        </Tooltip>
      ))}
    </div>
  );
});

function MarkSymbol({ mark }: { readonly mark: Mark | undefined }) {
  const theme = useTheme2();
  if (mark?.severity !== undefined) {
    const { fill } = severityColours(theme, mark.severity);
    return <SeverityMark severity={mark.severity} fill={mark.shadow ? theme.colors.text.secondary : fill} />;
  }
  const fill = mark?.kind === "input" ? theme.colors.text.secondary : theme.colors.warning.main;
  return (
    <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: "none" }}>
      {mark?.kind === "policy" ? (
        <rect x={1} y={1} width={10} height={10} fill={fill} />
      ) : (
        <path d={mark?.kind === "input" ? "M0 2h12L6 11Z" : "M6 1 12 11H0Z"} fill={fill} />
      )}
    </svg>
  );
}

const tipOf = ({ marks }: PlacedMark): string => [...new Set(marks.slice(0, 5).map((mark) => mark.detail))].join("; ");

const stylesOf = (theme: GrafanaTheme2) => ({
  lane: css({ position: "relative", overflow: "hidden" }),
  mark: css({
    position: "absolute",
    display: "inline-flex",
    alignItems: "center",
    gap: theme.spacing(0.75),
    height: ROW,
    padding: 0,
    border: "none",
    background: "none",
    color: theme.colors.text.primary,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: "nowrap",
    "&:focus-visible": { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    "&:hover": { textDecoration: "underline" },
  }),
  label: css({ overflow: "hidden", textOverflow: "ellipsis", maxWidth: 220 }),
});
