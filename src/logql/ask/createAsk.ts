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
    try {
      return await ANSWERERS[kind](question, context, signal);
    } catch (error) {
      throw error instanceof LokiError ? error : impossible(kind, error);
    }
  };
}

/** What no query can be made of, such as a time that ends before it begins. */
function impossible(kind: QuestionKind, cause: unknown): LokiError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LokiError({ kind: "refused", message: `The question ${kind} cannot be asked: ${why}`, cause });
}
