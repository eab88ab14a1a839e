/** Longest wait after failures, ms. */
const MOST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 2000;

/** The part of a document that tells whether anybody looks at it. */
export type Watched = Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;

export interface Loading {
  /** Tries again now. */
  readonly again: () => void;
  readonly stop: () => void;
}

/**
 * Loads something until it is there: a failed attempt is repeated after waits that double, and when a hidden page is
 * looked at again. Never two attempts at a time.
 */
export function keepLoading<T>(
  load: () => Promise<T>,
  page: Watched,
  tell: { readonly loaded: (value: T) => void; readonly failed: (error: Error) => void },
): Loading {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isBusy = false;
  let isOver = false;
  const attempt = async (): Promise<void> => {
    if (isBusy || isOver) return;
    isBusy = true;
    clearTimeout(timer);
    try {
      const value = await load();
      if (isOver) return;
      stop();
      tell.loaded(value);
    } catch (error) {
      if (isOver) return;
      tell.failed(error instanceof Error ? error : new Error(String(error)));
      timer = setTimeout(
        () => {
          if (!page.hidden) void attempt();
        },
        Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++),
      );
    } finally {
      isBusy = false;
    }
  };
  const onVisible = (): void => {
    if (!page.hidden) void attempt();
  };
  const stop = (): void => {
    isOver = true;
    clearTimeout(timer);
    page.removeEventListener("visibilitychange", onVisible);
  };
  page.addEventListener("visibilitychange", onVisible);
  void attempt();
  return { again: () => void attempt(), stop };
}
