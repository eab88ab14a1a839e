import type { LokiApi, Nanos } from "../api";
import { agents as agentMatchers, type Scope, selector } from "../builders";
import { LokiError } from "../errors";
import { inTurns } from "./inTurns";

export interface SplitRequest {
  /** The time in which agents are looked for, `start` ≤ ts < `end`. */
  readonly start: Nanos;
  readonly end: Nanos;
  readonly scope: Scope;
  /** Absent or empty: all agents. */
  readonly agents: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A question to some agents, or to all (undefined). */
export type AskAgents<T> = (agents: readonly string[] | undefined) => Promise<readonly T[]>;

/** Fewer than Loki's default of 500 series, so that most groups fit at the first go, also when split by two events. */
const MOST_AGENTS = 200;
/** Each question may be one of several at once already, and be split again. */
const AT_ONCE = 2;

/**
 * Answers that have series per agent, within the `max_query_series` of Loki: where one question has too many, it is put to
 * groups of agents, which are halved until each fits. Questions asked one after the other start with the groups of those
 * before. Answers to be split this way carry the agent, so that those of two groups never hold the same series.
 *
 * @example
 * const perAgent = bySplitting(api, { start, end, scope, agents: undefined });
 * const samples = await perAgent((agents) => api.instant({ query: agentCounts(scope, { agents }, windowMs), time }));
 */
export function bySplitting(api: LokiApi, request: SplitRequest): <T>(ask: AskAgents<T>) => Promise<readonly T[]> {
  const named = request.agents?.length ? [...new Set(request.agents)] : undefined;
  let groups: (readonly string[] | undefined)[] = [named];

  const askGroup = async <T>(group: readonly string[] | undefined, ask: AskAgents<T>): Promise<readonly T[]> => {
    try {
      return await ask(group);
    } catch (error) {
      if (!(error instanceof LokiError) || error.limit !== "max_query_series") throw error;
      const smaller = split(group ?? (await agentsOf(api, request)), error);
      groups = groups.flatMap((known) => (known === group ? smaller : [known]));
      return (await inTurns(smaller, AT_ONCE, (part) => askGroup(part, ask))).flat();
    }
  };
  return async (ask) => (await inTurns(groups, AT_ONCE, (group) => askGroup(group, ask))).flat();
}

function agentsOf(api: LokiApi, { start, end, scope, signal }: SplitRequest): Promise<readonly string[]> {
  return api.labelValues("agent_id", { start, end, query: selector(scope, agentMatchers(undefined)) }, signal);
}

function split(ids: readonly string[], tooMany: LokiError): (readonly string[])[] {
  const [only] = ids;
  if (only === undefined) throw tooMany;
  if (ids.length === 1) throw tooManyOfOne(only, tooMany);
  const size = Math.min(MOST_AGENTS, Math.ceil(ids.length / 2));
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size));
}

function tooManyOfOne(agent_id: string, cause: LokiError): LokiError {
  return new LokiError({
    kind: "limit",
    limit: "max_query_series",
    message: `The agent ${JSON.stringify(agent_id)} alone has more series than Loki's max_query_series allows, one per version where versions are told apart; take a shorter time, name versions that stay the same over many runs, or raise max_query_series. ${cause.message}`,
    ...(cause.status === undefined ? {} : { status: cause.status }),
    ...(cause.text === undefined ? {} : { text: cause.text }),
    cause,
  });
}
