import { useMemo, useRef, useState } from "react";
import type { Run } from "../../core/run";
import { findItems } from "./find";
import { type TimelineItem, type TimelineRun, timelineRun } from "./item";
import { type Lane, lanesOf } from "./lanes";
import { type LoopOutline, outlinesOf } from "./loops";
import { slowestItem } from "./slowest";

/** Everything that is drawn, before it is known where. */
export interface TimelineModel extends TimelineRun {
  /** The items that are shown, by start. */
  readonly shown: readonly TimelineItem[];
  readonly innerCount: number;
  readonly lanes: readonly Lane[];
  readonly loops: readonly LoopOutline[];
  readonly slowest: TimelineItem | undefined;
}

export function useTimelineModel(run: Run, showInner: boolean, slowStepMinMs: number): TimelineModel {
  const drawn = useMemo(() => timelineRun(run), [run]);
  const loops = useMemo(() => outlinesOf(run, drawn.origin), [run, drawn]);
  return useMemo(() => {
    const shown = showInner ? drawn.items : drawn.items.filter((item) => !item.inner);
    const innerCount = drawn.items.reduce((sum, item) => sum + (item.inner ? 1 : 0), 0);
    return { ...drawn, shown, innerCount, lanes: lanesOf(shown), loops, slowest: slowestItem(shown, slowStepMinMs) };
  }, [drawn, loops, showInner, slowStepMinMs]);
}

export interface Cursor {
  /** The place among the shown items; undefined when nothing is selected. */
  readonly at: number | undefined;
  readonly item: TimelineItem | undefined;
  readonly move: (to: number | undefined) => void;
}

/**
 * The one selection of all views. The address knows a step_index; which of several items with it is meant, or a span, is
 * remembered here.
 */
export function useCursor(
  shown: readonly TimelineItem[],
  selected: number | undefined,
  onSelect: (step: number | undefined) => void,
): Cursor {
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const at = useMemo(() => {
    if (selected === undefined) return undefined;
    if (chosen !== undefined && shown[chosen]?.step_index === selected) return chosen;
    const found = shown.findIndex((item) => item.step_index === selected);
    return found < 0 ? undefined : found;
  }, [shown, selected, chosen]);
  const latest = useRef({ shown, onSelect });
  latest.current = { shown, onSelect };
  const move = useMemo(
    () => (to: number | undefined) => {
      setChosen(to);
      latest.current.onSelect(to === undefined ? undefined : latest.current.shown[to]?.step_index);
    },
    [],
  );
  return { at, item: at === undefined ? undefined : shown[at], move };
}

export function useFind(shown: readonly TimelineItem[]) {
  const [looked, setLooked] = useState("");
  const found = useMemo(() => findItems(shown, looked), [shown, looked]);
  return { looked, setLooked, found };
}
