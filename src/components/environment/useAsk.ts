import { useCallback, useEffect, useReducer, useRef } from "react";
import type { AnswerOf, QuestionKind, QuestionOf, TimeSpan } from "../../logql/ask";
import { useEnvironment } from "./environment";
import { restAfter } from "./rest";
import { isRelative, useTimeRange } from "./timeRange";

/** What a view knows of its answer. `data` stays while it is asked for again, and while that fails. */
export interface Asked<K extends QuestionKind> {
  readonly data: AnswerOf<K> | undefined;
  /** The time the data is of. */
  readonly span: TimeSpan | undefined;
  /** Why the newest attempt failed; undefined once one succeeds. */
  readonly error: Error | undefined;
  /** A question is on its way. */
  readonly busy: boolean;
  /** Asks again now. */
  readonly again: () => void;
}

export interface AskOptions {
  /** Do not ask yet. */
  readonly skip?: boolean;
  /** Ask once and not again by itself, as of things that do not change. */
  readonly once?: boolean;
}

interface State<K extends QuestionKind> {
  readonly key: string;
  readonly data: AnswerOf<K> | undefined;
  readonly span: TimeSpan | undefined;
  readonly error: Error | undefined;
  readonly busy: boolean;
}

/** Longest wait after failures, ms. */
const MOST_WAIT_MS = 30_000;

/**
 * Asks a question of the view's time range, again whenever it changes and, while the range ends now and refreshing is on,
 * every `pollMs`, less often where answers take long. Never two at a time: a question waits for the one before it, a changed one aborts it, and an answer to
 * an old question is never shown. Nothing is asked while the page is hidden. After failures the waits double.
 *
 * @param question makes the question of a time range; undefined asks nothing
 * @example const { data, error } = useAsk("runs", (range) => ({ range, filter }));
 */
export function useAsk<K extends QuestionKind>(
  kind: K,
  question: (span: TimeSpan) => QuestionOf<K> | undefined,
  options: AskOptions = {},
): Asked<K> {
  const { ask, location, now, settings } = useEnvironment();
  const { raw, span } = useTimeRange();
  const refresh = location.params.refresh ?? "on";
  const live = options.once !== true && isRelative(raw) && refresh !== "off";
  // The question apart from its time: two that are alike but for the clock are one.
  const shape = options.skip === true ? undefined : question({ from: 0, to: 0 });
  const key = shape === undefined ? "" : `${kind} ${raw.from} ${raw.to} ${stringOf(shape)}`;
  const [state, update] = useReducer(reduce<K>, {
    key: "",
    data: undefined,
    span: undefined,
    error: undefined,
    busy: false,
  });
  const newest = useRef({ question, span, ask, now });
  newest.current = { question, span, ask, now };
  const trigger = useRef<() => void>(() => undefined);

  useEffect(() => {
    if (key === "") return undefined;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let isBusy = false;
    const wait = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(run, ms);
    };
    const run = async (): Promise<void> => {
      if (isBusy) return;
      if (document.hidden) return;
      isBusy = true;
      const began = newest.current.now();
      const asked = newest.current.span();
      const whole = newest.current.question(asked);
      update({ key, busy: true });
      try {
        if (whole !== undefined) {
          const data = await newest.current.ask(kind, whole, controller.signal);
          if (controller.signal.aborted) return;
          failures = 0;
          update({ key, data, span: asked, error: undefined, busy: false });
        }
      } catch (error) {
        if (controller.signal.aborted) return;
        failures++;
        update({ key, error: error instanceof Error ? error : new Error(String(error)), busy: false });
      } finally {
        isBusy = false;
      }
      // A failing source is asked again even where nothing refreshes: the view recovers by itself.
      if (failures > 0) wait(Math.min(MOST_WAIT_MS, settings.pollMs * 2 ** failures));
      else if (live) wait(restAfter(newest.current.now() - began, settings.pollMs));
    };
    const onVisible = (): void => {
      if (!document.hidden) wait(0);
    };
    trigger.current = () => wait(0);
    document.addEventListener("visibilitychange", onVisible);
    void run();
    return () => {
      controller.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [key, kind, live, settings.pollMs]);

  const again = useCallback(() => trigger.current(), []);
  // Until the effect of a changed question has run, the state is of the one before.
  const current =
    state.key === key ? state : { key, data: undefined, span: undefined, error: undefined, busy: key !== "" };
  return { data: current.data, span: current.span, error: current.error, busy: current.busy, again };
}

function reduce<K extends QuestionKind>(state: State<K>, change: Partial<State<K>> & Pick<State<K>, "key">): State<K> {
  const base = state.key === change.key ? state : { data: undefined, span: undefined, error: undefined, busy: false };
  return { ...base, ...change };
}

/** BigInts of cursors have no JSON of their own. */
function stringOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
