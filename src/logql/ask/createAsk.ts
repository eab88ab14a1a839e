import type { LokiApi } from "../api";
import { listAgents } from "../readers";
import type { AnswerOf, Ask, QuestionKind, QuestionOf } from "./questions";
import type { AskSettings } from "./settings";

type Answerers = {
  readonly [K in QuestionKind]?: (question: QuestionOf<K>, signal: AbortSignal | undefined) => Promise<AnswerOf<K>>;
};

/** Answers questions from a Loki. */
export function createAsk(api: LokiApi, settings: AskSettings): Ask {
  const answerers: Answerers = {
    agents: async ({ range, filter }, signal) => {
      const span = {
        start: BigInt(Math.floor(range.from)) * 1_000_000n,
        end: BigInt(Math.ceil(range.to)) * 1_000_000n,
      };
      const agents = await listAgents(api, { ...span, scope: settings.scope, filter, signal });
      return {
        agents: agents.map((agent) => ({ ...agent, signals: [], cost_usd: undefined, average_duration_ms: undefined })),
      };
    },
  };
  return (kind, question, signal) => {
    const answer = answerers[kind];
    if (answer === undefined) return Promise.reject(new Error(`Nobody answers ${kind} yet`));
    return answer(question, signal);
  };
}
