import { useCallback, useEffect, useRef, useState } from "react";
import type { RunStatus } from "../../core/run";
import type { AnswerOf, RunRow } from "../../logql/ask";
import type { RunFilter } from "../../logql/builders";
import { type Asked, useAsk, useEnvironment, useTimeRange } from "../environment";
import { visibleSpan } from "./hidden";
import { noPages, type Paging, release, takeFirst, takeFurther, waitingRows } from "./paging";

export interface RunsListRequest {
  readonly filter: RunFilter;
  readonly statuses: readonly RunStatus[] | undefined;
  readonly sort: "newest" | "slowest";
  readonly hiddenBefore: number | undefined;
  /** The reader has scrolled or ticked something: nothing may move. */
  readonly held: (listKey: string) => boolean;
}

export interface RunsList {
  /** Changes when the list is of something else. */
  readonly key: string;
  /** Undefined until they are known. */
  readonly rows: readonly RunRow[] | undefined;
  readonly cut: AnswerOf<"runs">["cut"];
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly loadingMore: boolean;
  /** Rows that are there and not shown yet. */
  readonly waiting: number;
  readonly showWaiting: () => void;
  readonly first: Asked<"runs">;
  readonly further: Asked<"runs">;
}

interface State {
  readonly paging: Paging;
  /** Where the further page begins that is asked for. */
  readonly next: Paging["cursor"];
  /** Rows asked for where a list has no pages but a length. */
  readonly length: number;
  readonly growing: boolean;
}

/** The list of runs: its newest page is asked for again and again, further ones once. */
export function useRunsList({ filter, statuses, sort, hiddenBefore, held }: RunsListRequest): RunsList {
  const { settings } = useEnvironment();
  const { raw } = useTimeRange();
  const key = JSON.stringify([raw.from, raw.to, filter, statuses, sort, hiddenBefore]);
  const begin = (): State => ({ paging: noPages(key), next: undefined, length: settings.listCap, growing: false });
  const [kept, setState] = useState(begin);
  const state = kept.paging.key === key ? kept : begin();
  const { paging, next, length } = state;
  const newest = useRef({ begin, held: held(key) });
  newest.current = { begin, held: held(key) };
  const update = useCallback(
    (change: (state: State) => State) =>
      setState((before) => change(before.paging.key === key ? before : newest.current.begin())),
    [key],
  );

  const first = useAsk("runs", (range) => ({
    range: visibleSpan(range, hiddenBefore),
    ...{ filter, statuses, sort, limit: length },
  }));
  const further = useAsk(
    "runs",
    (range) => ({
      range: visibleSpan(range, hiddenBefore),
      ...{ filter, statuses, sort, limit: settings.fetchLimit, cursor: next },
    }),
    { skip: next === undefined, once: true },
  );
  const { data } = first;
  useEffect(() => {
    if (data === undefined) return;
    update((before) => {
      const isHeld = newest.current.held && !before.growing;
      return { ...before, paging: takeFirst(before.paging, data, isHeld), growing: false };
    });
  }, [data, update]);
  const page = further.data;
  useEffect(() => {
    if (page === undefined) return;
    update((before) =>
      before.next === undefined ? before : { ...before, paging: takeFurther(before.paging, page), next: undefined },
    );
  }, [page, update]);

  const loadMore = useCallback(
    () =>
      update((before) =>
        before.paging.cursor === undefined
          ? { ...before, length: before.length + settings.fetchLimit, growing: true }
          : { ...before, next: before.paging.cursor },
      ),
    [update, settings.fetchLimit],
  );
  const showWaiting = useCallback(() => update((before) => ({ ...before, paging: release(before.paging) })), [update]);
  return {
    key,
    rows: paging.rows,
    cut: paging.first?.cut,
    more: paging.more,
    loadMore,
    loadingMore: next !== undefined || state.growing,
    waiting: waitingRows(paging),
    showWaiting,
    first,
    further,
  };
}
