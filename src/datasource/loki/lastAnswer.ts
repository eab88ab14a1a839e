import { from, type ObservableInput } from "rxjs";
import type { Asked } from "../../logql/client/failures";
import { failureOf } from "../../logql/client/failures";
import { abortedError, lokiErrorOf } from "./failures";
import { isRecord } from "./record";

/**
 * Waits for the whole answer of a query. Grafana splits long ranges by day and emits after every part, each emission with
 * all the parts so far: the last one before the end is the answer. One error makes it none, however many parts there are.
 *
 * @returns the `data` of the answer, unchecked
 * @throws LokiError
 */
export function lastAnswer(input: ObservableInput<unknown>, asked: Asked, signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortedError(asked));
      return;
    }
    let last: unknown;
    const stop = (): void => {
      subscription.unsubscribe();
      reject(abortedError(asked));
    };
    const settle = (settled: () => void): void => {
      signal?.removeEventListener("abort", stop);
      settled();
    };
    const fail = (error: unknown): void => settle(() => reject(lokiErrorOf(error, asked)));
    const subscription = from(input).subscribe({
      next: (response) => {
        last = response;
      },
      error: fail,
      complete: () => {
        const error = errorOf(last);
        if (error !== undefined) fail(error);
        else if (isRecord(last) && Array.isArray(last.data)) {
          const { data } = last;
          settle(() => resolve(data));
        } else fail(failureOf("broken_answer", "Grafana's Loki datasource ended without an answer", asked));
      },
    });
    signal?.addEventListener("abort", stop);
  });
}

function errorOf(response: unknown): unknown {
  if (!isRecord(response)) return undefined;
  if (Array.isArray(response.errors) && response.errors.length > 0) return response.errors[0];
  if (response.error !== undefined && response.error !== null) return response.error;
  return response.state === "Error"
    ? { message: "Grafana's Loki datasource reported an error without a text" }
    : undefined;
}
