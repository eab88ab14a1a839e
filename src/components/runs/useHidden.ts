import { useCallback, useState } from "react";
import { useEnvironment } from "../environment";
import { HIDDEN_KEY, parseHidden } from "./hidden";

export interface HiddenRuns {
  /** Runs before this are hidden, ms. */
  readonly before: number | undefined;
  readonly hideNow: () => void;
  readonly showAll: () => void;
}

/** "Hide before now" of this user. */
export function useHidden(): HiddenRuns {
  const { store, now } = useEnvironment();
  const [before, setBefore] = useState(() => parseHidden(store.get(HIDDEN_KEY)));
  const keep = useCallback(
    (time: number | undefined) => {
      store.set(HIDDEN_KEY, time === undefined ? undefined : String(time));
      setBefore(time);
    },
    [store],
  );
  const hideNow = useCallback(() => keep(Math.floor(now())), [keep, now]);
  const showAll = useCallback(() => keep(undefined), [keep]);
  return { before, hideNow, showAll };
}
