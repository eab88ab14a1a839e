import { useCallback, useEffect, useState } from "react";
import type { AnswerOf, VerdictMode } from "../../logql/ask";
import type { SignalFilter } from "../../logql/builders";
import { type Asked, useAsk, useEnvironment, useTimeRange } from "../environment";
import { noSignals, type SignalPages, takeNewest, takeOlder } from "./pages";

export interface SignalList {
  /** Changes when the list is of something else. */
  readonly key: string;
  readonly signals: SignalPages["signals"];
  readonly cut: AnswerOf<"signals">["cut"];
  readonly more: boolean;
  readonly loadMore: () => void;
  readonly isLoading: boolean;
  readonly first: Asked<"signals">;
  readonly older: Asked<"signals">;
}

interface State {
  readonly pages: SignalPages;
  /** Where the older page begins that is asked for. */
  readonly next: SignalPages["cursor"];
}

/** The signals of the address: the newest page is asked for again and again, older ones once. */
export function useSignalList(filter: SignalFilter, mode: VerdictMode): SignalList {
  const { settings } = useEnvironment();
  const { raw } = useTimeRange();
  const key = JSON.stringify([raw.from, raw.to, filter, mode]);
  const [kept, setState] = useState<State>({ pages: noSignals(key), next: undefined });
  const state = kept.pages.key === key ? kept : { pages: noSignals(key), next: undefined };
  const { pages, next } = state;
  const update = useCallback(
    (change: (state: State) => State) =>
      setState((before) => change(before.pages.key === key ? before : { pages: noSignals(key), next: undefined })),
    [key],
  );
  const first = useAsk("signals", (range) => ({ range, filter, mode, limit: settings.listCap }));
  const older = useAsk("signals", (range) => ({ range, filter, mode, limit: settings.fetchLimit, cursor: next }), {
    skip: next === undefined,
    once: true,
  });
  const { data } = first;
  useEffect(() => {
    if (data !== undefined) update((before) => ({ ...before, pages: takeNewest(before.pages, data) }));
  }, [data, update]);
  const page = older.data;
  useEffect(() => {
    if (page === undefined) return;
    update((before) =>
      before.next === undefined ? before : { pages: takeOlder(before.pages, page), next: undefined },
    );
  }, [page, update]);
  const loadMore = useCallback(() => update((before) => ({ ...before, next: before.pages.cursor })), [update]);
  return {
    key,
    signals: pages.signals,
    cut: data?.cut,
    more: pages.more,
    loadMore,
    isLoading: next !== undefined && older.error === undefined,
    first,
    older,
  };
}
