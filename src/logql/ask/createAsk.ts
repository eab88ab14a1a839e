import type { LokiApi } from "../api";
import { LokiError } from "../errors";
import * as answers from "./answers";
import { type Answerer, contextOf } from "./context";
import type { Ask, QuestionKind } from "./questions";
import type { AskSettings } from "./settings";

const ANSWERERS: { readonly [K in QuestionKind]: Answerer<K> } = answers;

/**
 * Answers questions from a Loki.
 *
 * @example const ask = createAsk(new HttpLoki(options, platform), { scope: {}, config, now: Date.now });
 */
export function createAsk(api: LokiApi, settings: AskSettings): Ask {
  const context = contextOf(api, settings);
  return async (kind, question, signal) => {
    if (isAborted(signal)) throw aborted(kind);
    try {
      const answer = await ANSWERERS[kind](question, context, signal);
      // Some answers need no query that could notice, or noticed too late.
      if (!isAborted(signal)) return answer;
    } catch (error) {
      if (isAborted(signal)) throw aborted(kind, error);
      throw error instanceof LokiError ? error : impossible(kind, error);
    }
    throw aborted(kind);
  };
}

/** A function, because the compiler takes a signal that was not aborted once for one that never will be. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Nobody wants the answer any more. */
function aborted(kind: QuestionKind, cause?: unknown): LokiError {
  if (cause instanceof LokiError && cause.kind === "aborted") return cause;
  return new LokiError({
    kind: "aborted",
    message: `The question ${kind} was aborted: ask again if it is still wanted.`,
    cause,
  });
}

/** What no query can be made of, such as a time that ends before it begins. */
function impossible(kind: QuestionKind, cause: unknown): LokiError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LokiError({ kind: "refused", message: `The question ${kind} cannot be asked: ${why}`, cause });
}
