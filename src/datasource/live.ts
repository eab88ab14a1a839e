import { Observable } from "rxjs";

export interface LiveOptions<T> {
  readonly pollMs: number;
  /** Asks once. The answer of a question that was called off is dropped. */
  readonly ask: (signal: AbortSignal) => Promise<T>;
  /** Nothing is asked while the page is hidden. */
  readonly isHidden: () => boolean;
}

/**
 * Asks again and again until nobody listens: the next time `pollMs` after the answer, never two at once.
 *
 * @example poll({ pollMs: 2500, ask, isHidden: () => document.hidden }).subscribe(show)
 */
export function poll<T>({ pollMs, ask, isHidden }: LiveOptions<T>): Observable<T> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      timer = setTimeout(once, pollMs);
    };
    const once = (): void => {
      if (isHidden()) {
        later();
        return;
      }
      ask(stop.signal).then(
        (answer) => {
          if (stop.signal.aborted) return;
          subscriber.next(answer);
          later();
        },
        (error: unknown) => {
          if (!stop.signal.aborted) subscriber.error(error);
        },
      );
    };
    once();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  });
}
