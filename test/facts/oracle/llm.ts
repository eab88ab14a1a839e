import type { Prices } from "../../../src/core/prices/prices";
import { emptyAnswersOf } from "./failures";
import {
  type Call,
  distinct,
  type EventOf,
  eventsOf,
  fourDecimals,
  type History,
  known,
  largest,
  sum,
} from "./history";

/** An LLM call and its answer, either of which may be missing. */
interface LlmCall extends Call {
  readonly asked: EventOf<"llm.called"> | undefined;
  readonly answered: EventOf<"llm.responded"> | undefined;
  readonly prompt_tokens: number | undefined;
  readonly completion_tokens: number | undefined;
}

function llmCallsOf(history: History): LlmCall[] {
  return history.calls.flatMap((call) => {
    if (call.kind !== "llm") return [];
    const asked = call.event?.event_type === "llm.called" ? call.event : undefined;
    const answered = call.answer?.event.event_type === "llm.responded" ? call.answer.event : undefined;
    const prompt_tokens = answered?.payload.prompt_tokens ?? asked?.payload.prompt_tokens;
    return [{ ...call, asked, answered, prompt_tokens, completion_tokens: answered?.payload.completion_tokens }];
  });
}

/** Sum of what is known; undefined when there are values and none is known. */
function sumOfKnown(values: readonly (number | undefined)[]): number | undefined {
  const all = known(values);
  return all.length === 0 && values.length > 0 ? undefined : sum(all);
}

function usageFacts(calls: readonly LlmCall[]) {
  const unmetered = calls.filter(
    (call) => call.prompt_tokens === undefined && call.completion_tokens === undefined,
  ).length;
  return {
    prompt_tokens: sumOfKnown(calls.map((call) => call.prompt_tokens)),
    completion_tokens: sumOfKnown(calls.map((call) => call.completion_tokens)),
    total_tokens: sumOfKnown(calls.flatMap((call) => [call.prompt_tokens, call.completion_tokens])),
    unmetered_llm_calls: unmetered,
  };
}

/**
 * USD of one call, or that its model has no price; undefined when it has one but no answer says what was used. The model
 * is that of the answer, or the one asked for where only that has a price.
 */
function priceOf(call: LlmCall, prices: Prices | undefined): number | "unpriced" | undefined {
  const stated = call.answered?.payload.cost_usd;
  if (stated !== undefined) return stated;
  const provider = call.asked?.payload.provider;
  const models = known([call.answered?.payload.model, call.asked?.payload.model]);
  const model = models.find((name) => prices?.knows(name, provider));
  if (model === undefined || prices === undefined) return "unpriced";
  if (call.answered === undefined) return undefined;
  const usage = {
    prompt_tokens: call.prompt_tokens,
    completion_tokens: call.completion_tokens,
    cache_read_tokens: call.answered?.payload.cache_read_tokens,
    cache_write_tokens: call.answered?.payload.cache_write_tokens,
  };
  return prices.cost(model, usage, provider, call.answered.time);
}

function costFacts(calls: readonly LlmCall[], prices: Prices | undefined) {
  const costs = calls.map((call) => priceOf(call, prices));
  const cost = sumOfKnown(costs.map((cost) => (cost === "unpriced" ? undefined : cost)));
  return {
    // Ten decimals hold every price; the rest is noise of binary fractions, which depends on the order of summing.
    cost_usd: cost === undefined ? undefined : Number(cost.toFixed(10)),
    unpriced_llm_calls: costs.filter((cost) => cost === "unpriced").length,
  };
}

function contextFacts(calls: readonly LlmCall[]) {
  const prompts = known(calls.map((call) => call.prompt_tokens));
  const first = prompts[0];
  const last = prompts.at(-1);
  return {
    context_first: first,
    context_last: last,
    context_growth: first === undefined || last === undefined || first === 0 ? undefined : fourDecimals(last / first),
    context_calls: prompts.length,
  };
}

/** LLM calls that no user input asked for: all but the first after each input.received. */
function unprompted(calls: readonly LlmCall[], history: History): number {
  const inputs = eventsOf(history.events, "input.received");
  const prompted = known(inputs.map((input) => calls.find((call) => call.position > input.position)?.position));
  return calls.filter((call) => !prompted.includes(call.position)).length;
}

function shapeFacts(calls: readonly LlmCall[], history: History) {
  const actions = history.calls.filter((call) => call.kind !== "llm").length;
  const resets = eventsOf(history.events, "tool.called", "retrieval.called", "input.received");
  const lastReset = resets.at(-1)?.position ?? -1;
  const llm_unprompted = unprompted(calls, history);
  const asked = eventsOf(history.events, "llm.responded").find(({ event }) => (event.payload.tool_call_count ?? 0) > 0);
  const used = asked !== undefined && calls.some((call) => call.position > asked.position);
  const turns = distinct(history.calls.map((call) => call.turn));
  return {
    llm_tail: calls.filter((call) => call.position > lastReset).length,
    llm_unprompted,
    llm_tool_ratio: actions === 0 && used ? undefined : fourDecimals(llm_unprompted / Math.max(actions, 1)),
    turn_calls_max: largest(turns.map((turn) => history.calls.filter((call) => call.turn === turn).length)) ?? 0,
  };
}

export function llmFacts(history: History, prices: Prices | undefined) {
  const calls = llmCallsOf(history);
  const answers = eventsOf(history.events, "llm.responded").map((answer) => answer.event.payload);
  const models = known(answers.map((answer) => answer.model));
  const emptinessUnknown = calls.length > 0 && answers.every((answer) => answer.output_length === undefined);
  return {
    llm_calls: calls.length,
    ...usageFacts(calls),
    ...costFacts(calls, prices),
    ...contextFacts(calls),
    truncations: answers.filter((answer) => answer.finish_reason === "length").length,
    truncated_last: calls.at(-1)?.answered?.payload.finish_reason === "length" ? 1 : 0,
    empty_responses: emptinessUnknown ? undefined : emptyAnswersOf(history).length,
    ...shapeFacts(calls, history),
    streaming_llm_calls: calls.filter((call) => call.asked?.payload.streaming === true).length,
    model_changes: models.filter((model, index) => index > 0 && model !== models[index - 1]).length,
  };
}
