import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Run } from "../../core/run";
import { useWidth } from "../charts";
import { t } from "../text";
import { Chart } from "./Chart";
import { nextMatch } from "./find";
import type { TimelineItem } from "./item";
import { itemSentence } from "./itemWords";
import type { TimelineAction } from "./keys";
import { StepCard } from "./StepCard";
import { StepList } from "./StepList";
import { ROW_HEIGHT } from "./StepRow";
import type { NestedRun, TimelineSignal } from "./signal";
import { TimelineToolbar } from "./TimelineToolbar";
import { useCursor, useFind, useTimelineModel } from "./useTimeline";
import { useTimelineKeys } from "./useTimelineKeys";
import { CLOSER, useWindow, WIDER } from "./useWindow";

export interface TimelineProps {
  readonly run: Run;
  readonly signals: readonly TimelineSignal[];
  /** Runs nested in it, in the order they started. */
  readonly nested: readonly NestedRun[];
  /** The step_index that is selected. */
  readonly selected?: number | undefined;
  readonly onSelect: (step: number | undefined) => void;
  /** Whether what happens inside a call is shown too. */
  readonly showInner: boolean;
  /** Shows the switch for inner steps. */
  readonly onShowInner?: ((shown: boolean) => void) | undefined;
  /** Steps faster than this are never called the slowest, ms. */
  readonly slowStepMinMs: number;
  /** Of everything, px; without it the timeline is as high as it needs. */
  readonly height?: number | undefined;
  readonly onOpenRun?: ((run_id: string) => void) | undefined;
  /** `page`: keys work wherever no control has the focus; `inside` (default): while the focus is in the timeline. */
  readonly keys?: "page" | "inside" | undefined;
}

/** Wide enough for the list beside the chart, and for the card beside the list, px. */
const BESIDE = 1600;
const CARD_BESIDE = 900;
/** Rows of the list before it scrolls. */
const MOST_ROWS = 14;

/** A run by time and step by step: two views of one selection, by pointer and by keyboard. */
export function Timeline(props: TimelineProps) {
  const { run, signals, nested, selected, onSelect, showInner, onShowInner, slowStepMinMs } = props;
  const { height, onOpenRun, keys = "inside" } = props;
  const styles = useStyles2(stylesOf);
  const [measure, width] = useWidth();
  const field = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLElement>(null);
  const model = useTimelineModel(run, showInner, slowStepMinMs);
  const view = useWindow(model.length);
  const cursor = useCursor(model.shown, selected, onSelect);
  const { looked, setLooked, found } = useFind(model.shown);
  const foundSet = useMemo(() => new Set(found), [found]);
  const [open, setOpen] = useState(selected !== undefined);

  const goTo = useCallback(
    (to: number | undefined) => {
      cursor.move(to);
      const item = to === undefined ? undefined : model.shown[to];
      if (item !== undefined) view.show(item.start, item.end);
    },
    [cursor.move, model.shown, view.show],
  );
  const pick = useCallback(
    (to: number) => {
      goTo(to);
      setOpen(true);
    },
    [goTo],
  );
  const pickItem = useCallback((item: TimelineItem) => pick(model.shown.indexOf(item)), [pick, model.shown]);
  const pickStep = useCallback(
    (step: number) => {
      const at = model.shown.findIndex((item) => item.step_index === step);
      if (at >= 0) pick(at);
    },
    [pick, model.shown],
  );
  const act = (action: TimelineAction): boolean => {
    const last = model.shown.length - 1;
    switch (action.kind) {
      case "step":
        if (last < 0) return false;
        goTo(cursor.at === undefined ? (action.by > 0 ? 0 : last) : clamp(cursor.at + action.by, last));
        return true;
      case "edge":
        if (last >= 0) goTo(action.end === "first" ? 0 : last);
        return last >= 0;
      case "pan":
        view.pan(action.by / 4);
        return true;
      case "zoomIn":
      case "zoomOut":
        view.zoom(action.kind === "zoomIn" ? CLOSER : WIDER, cursor.item && (cursor.item.start + cursor.item.end) / 2);
        return true;
      case "zoomAll":
        view.reset();
        return true;
      case "find":
        field.current?.focus();
        return true;
      case "open":
        if (cursor.at === undefined) return false;
        setOpen(true);
        return true;
      case "close":
        if (!open && cursor.at === undefined) return false;
        if (open) setOpen(false);
        else goTo(undefined);
        return true;
    }
  };
  const onKeyDown = useTimelineKeys(act, keys);
  const focusList = (): void => root.current?.querySelector<HTMLElement>("[role=listbox]")?.focus();

  const beside = width >= BESIDE;
  const list = (
    <StepList
      items={model.shown}
      at={cursor.at}
      slowest={model.slowest}
      window={view.window}
      found={foundSet}
      height={listHeight(model.shown.length, height)}
      onPick={pick}
    />
  );
  const card = open && cursor.item !== undefined && (
    <StepCard
      item={cursor.item}
      isSlowest={cursor.item === model.slowest}
      onZoom={() => cursor.item && view.set(cursor.item.start - 1, cursor.item.end + 1)}
      onClose={() => {
        setOpen(false);
        focusList();
      }}
    />
  );
  return (
    <section
      ref={root}
      className={cx(styles.timeline, run.status === "errored" && styles.failed)}
      style={{ height }}
      aria-label={t("timeline.label", "Timeline of the run")}
      onKeyDown={onKeyDown}
      data-testid="timeline"
    >
      <TimelineToolbar
        field={field}
        looked={looked}
        found={found.length}
        onLook={setLooked}
        onNext={(direction) => {
          const next = nextMatch(found, cursor.at ?? -1, direction);
          if (next !== undefined) goTo(next);
        }}
        onLeave={focusList}
        view={view}
        innerCount={model.innerCount}
        showInner={showInner}
        onShowInner={onShowInner}
      />
      <div ref={measure} className={cx(styles.views, beside && styles.beside, height !== undefined && styles.fixed)}>
        <div className={styles.chart}>
          {width > 0 && (
            <Chart
              model={model}
              view={view}
              width={beside ? Math.floor(width * 0.6) : width}
              signals={signals}
              nested={nested}
              selected={cursor.item}
              tipOnSelected={!open}
              onPick={pickItem}
              onPickStep={pickStep}
              onOpenRun={onOpenRun}
            />
          )}
        </div>
        <div className={cx(styles.steps, !beside && width >= CARD_BESIDE && card !== false && styles.cardBeside)}>
          {list}
          {card}
        </div>
      </div>
      <div role="status" className={styles.spoken}>
        {cursor.item !== undefined && itemSentence(cursor.item)}
      </div>
    </section>
  );
}

/** Always bounded, because only what is seen is drawn: some rows, or half of a given height. */
function listHeight(items: number, height: number | undefined): number {
  const most = height === undefined ? MOST_ROWS : Math.max(4, Math.floor(height / 2 / ROW_HEIGHT));
  return Math.max(1, Math.min(items, most)) * ROW_HEIGHT + 2;
}

const clamp = (at: number, last: number): number => Math.min(Math.max(at, 0), last);

const stylesOf = (theme: GrafanaTheme2) => ({
  timeline: css({ display: "flex", flexDirection: "column", gap: theme.spacing(1), minWidth: 0, position: "relative" }),
  failed: css({ borderLeft: `3px solid ${theme.colors.error.main}`, paddingLeft: theme.spacing(1) }),
  views: css({ display: "flex", flexDirection: "column", gap: theme.spacing(1.5), minWidth: 0 }),
  fixed: css({ flex: "1 1 auto", minHeight: 0, overflow: "auto" }),
  beside: css({ flexDirection: "row" }),
  chart: css({ flex: "none", minWidth: 0 }),
  steps: css({ flex: "1 1 0", minWidth: 0, display: "flex", flexDirection: "column", gap: theme.spacing(1) }),
  cardBeside: css({
    flexDirection: "row",
    "& > :first-child": { flex: "3 1 0", minWidth: 0 },
    "& > :last-child": { flex: "2 1 0" },
  }),
  spoken: css({
    position: "absolute",
    width: 1,
    height: 1,
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  }),
});
