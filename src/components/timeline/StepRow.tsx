import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import { memo } from "react";
import { shortDuration } from "../../core/words";
import { t } from "../text";
import { kindColours } from "./colours";
import type { TimelineItem } from "./item";
import { isStreamed, itemName, kindName, knownWords, stateWords } from "./itemWords";
import type { TimeWindow } from "./window";

export const ROW_HEIGHT = 28;
/** Wide enough for the words of a step, and for its bar in a column, px. */
const WORDS = 760;
const TRACK = 460;

interface StepRowProps {
  readonly id: string;
  readonly item: TimelineItem;
  readonly place: number;
  readonly count: number;
  readonly top: number;
  /** Of the list, px. */
  readonly width: number;
  readonly isSelected: boolean;
  readonly isFound: boolean;
  readonly isSlowest: boolean;
  readonly window: TimeWindow;
  readonly onPick: (place: number) => void;
}

/** A step in one line: number, kind, name, its place in time, how long it took and what is known of it. */
export const StepRow = memo(function StepRow(props: StepRowProps) {
  const { id, item, place, count, top, width, isSelected, isFound, isSlowest, window, onPick } = props;
  const theme = useTheme2();
  const styles = useStyles2(stylesOf);
  const states = [...stateWords(item), ...(isSlowest ? [t("timeline.slowestStep", "slowest step")] : [])];
  const layout = width >= WORDS ? styles.wide : width >= TRACK ? styles.middle : styles.narrow;
  const state = states.length > 0 && <span className={cx(item.failed && styles.failed)}>{states.join(", ")} </span>;
  return (
    // Keys are handled by the list, which has the focus.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-setsize={count}
      aria-posinset={place + 1}
      className={cx(
        styles.row,
        layout,
        item.failed && styles.failedRow,
        isFound && styles.found,
        isSelected && styles.selected,
      )}
      style={{ transform: `translateY(${top}px)` }}
      onPointerUp={() => onPick(place)}
    >
      {/* A span that is no call takes no step: its line has the number of the step it ended at. */}
      <span className={styles.number}>{item.span === undefined && item.step_index}</span>
      <span className={styles.kind}>
        <span className={styles.dot} style={{ background: kindColours(theme, item.kind).fill }} />
        <span className={cx(width < TRACK && styles.spoken)}>{kindName(item.kind)}</span>
      </span>
      <span className={styles.text} style={{ paddingLeft: item.depth * 12 }} title={itemName(item)}>
        {itemName(item)}
      </span>
      <span className={cx(styles.text, styles.words)}>
        {state}
        {isStreamed(item) && width >= TRACK && <span className={styles.stream}>STREAM</span>}
        {width >= WORDS && knownWords(item).join(", ")}
      </span>
      <span className={width >= TRACK ? styles.track : styles.underline}>
        <OffsetBar item={item} window={window} />
      </span>
      <span className={styles.took}>{shortDuration(item.duration_ms)}</span>
    </div>
  );
});

/** Where the step lies in what is seen of the run, in per cent, so that no width has to be known. */
function OffsetBar({ item, window }: Pick<StepRowProps, "item" | "window">) {
  const theme = useTheme2();
  const span = window.to - window.from;
  const from = Math.max(0, ((item.start - window.from) / span) * 100);
  const to = Math.min(100, ((item.end - window.from) / span) * 100);
  if (to < 0 || from > 100) return null;
  const { fill } = kindColours(theme, item.kind);
  return (
    <span
      style={{
        position: "absolute",
        top: 0,
        bottom: 0,
        left: `min(${from}%, calc(100% - 2px))`,
        width: `max(${Math.max(to - from, 0)}%, 2px)`,
        background: fill,
        borderLeft: item.failed ? `3px solid ${theme.colors.error.main}` : undefined,
        borderRadius: 1,
      }}
    />
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  row: css({
    position: "absolute",
    top: 0,
    left: 0,
    width: "100%",
    height: ROW_HEIGHT,
    boxSizing: "border-box",
    display: "grid",
    alignItems: "center",
    columnGap: theme.spacing(1),
    padding: theme.spacing(0, 1),
    borderLeft: "3px solid transparent",
    fontSize: theme.typography.bodySmall.fontSize,
    cursor: "pointer",
    "&:hover": { background: theme.colors.background.secondary },
  }),
  wide: css({ gridTemplateColumns: "44px 84px minmax(100px, 2fr) minmax(160px, 4fr) minmax(120px, 4fr) 64px" }),
  middle: css({ gridTemplateColumns: "44px 84px minmax(80px, 3fr) minmax(80px, 2fr) minmax(80px, 3fr) 64px" }),
  narrow: css({ gridTemplateColumns: "36px 10px minmax(60px, 3fr) minmax(40px, 2fr) 60px" }),
  failedRow: css({ borderLeftColor: theme.colors.error.main }),
  found: css({ background: theme.colors.warning.transparent }),
  selected: css({
    background: theme.colors.background.secondary,
    boxShadow: `inset 0 0 0 1px ${theme.colors.primary.border}`,
  }),
  number: css({ textAlign: "right", fontVariantNumeric: "tabular-nums", color: theme.colors.text.secondary }),
  kind: css({ display: "inline-flex", alignItems: "center", gap: 6, color: theme.colors.text.secondary }),
  dot: css({ flex: "none", width: 8, height: 8, borderRadius: 2 }),
  text: css({ minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  words: css({ color: theme.colors.text.secondary }),
  stream: css({
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    padding: "0 4px",
    marginRight: theme.spacing(0.75),
    fontSize: 10,
  }),
  failed: css({ color: theme.colors.error.text }),
  track: css({ position: "relative", height: 10, minWidth: 0 }),
  underline: css({ position: "absolute", left: 0, right: 0, bottom: 0, height: 3 }),
  took: css({ textAlign: "right", fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }),
  spoken: css({ position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)" }),
});
