import type { FactEvent } from "../../src/core/facts/event";
import type { Facts } from "../../src/core/facts/facts";
import type { Prices } from "../../src/core/prices/prices";
import type { ExitReason } from "../../src/core/wire/terms";
import { failureFacts, firstFailureFacts } from "./oracle/failures";
import { eventsOf, type History, historyOf, known, largest, smallest } from "./oracle/history";
import { llmFacts } from "./oracle/llm";
import { alternationFacts, loopFacts, repeatFacts } from "./oracle/loops";
import { timingFacts } from "./oracle/timing";

const HASH_OF_EMPTY = "e3b0c44298fc1c14";
const WEAK_PATTERNS = ["hash_system", "act_as", "you_are_now", "pretend", "jailbreak"];

function countFacts({ events, calls }: History) {
  const started = eventsOf(events, "run.started").map((found) => found.event.payload);
  const inputs = eventsOf(events, "input.received").length;
  const declared = known(started.map((payload) => payload.tools_count ?? payload.tools?.length));
  return {
    steps: largest(events.map((event) => event.step_index)) ?? 0,
    tool_calls: calls.filter((call) => call.kind === "tool").length,
    retrievals: calls.filter((call) => call.kind === "retrieval").length,
    user_turns: (started.length > 0 ? 1 : 0) + inputs,
    tools_available: declared.at(-1),
    args_length_max: largest(known(eventsOf(events, "tool.called").map((call) => call.event.payload.args_length))),
  };
}

function retrievalFacts({ events }: History) {
  const answers = eventsOf(events, "retrieval.responded").map((answer) => answer.event.payload);
  return {
    retrieval_min_results: smallest(known(answers.map((answer) => answer.result_count))),
    retrieval_min_score: smallest(known(answers.map((answer) => answer.top_score ?? undefined))),
  };
}

function injectionFacts({ events }: History) {
  const inputs = eventsOf(events, "run.started", "input.received").map((found) => found.event.payload);
  const scanned = inputs.filter(
    (input) =>
      input.injection_signal !== undefined ||
      (input.input_hash !== undefined && input.input_hash !== "" && input.input_hash !== HASH_OF_EMPTY),
  );
  const strong = (labels: readonly string[]) => labels.filter((label) => !WEAK_PATTERNS.includes(label)).length;
  return {
    injection_patterns: largest(scanned.map((input) => input.injection_signal?.matched_pattern_count ?? 0)),
    injection_strong: largest(scanned.map((input) => strong(input.injection_signal?.matched_patterns ?? []))),
  };
}

/**
 * The facts of a run by brute force: every window, chain and stretch of the complete list is looked at, nothing is
 * kept between events. Slow and plain on purpose: it is what the incremental tracker is compared with.
 */
export function oracleFacts(events: readonly FactEvent[], prices?: Prices): Facts {
  const history = historyOf(events);
  return {
    ...countFacts(history),
    ...llmFacts(history, prices),
    ...timingFacts(history),
    ...loopFacts(history),
    ...repeatFacts(history),
    ...alternationFacts(history),
    ...failureFacts(history),
    ...retrievalFacts(history),
    ...firstFailureFacts(history),
    ...injectionFacts(history),
  };
}

/** How the run ended: of two terminal events the later counts. */
export function oracleEnd(events: readonly FactEvent[]): {
  ended: "run.completed" | "run.errored" | undefined;
  exit_reason: ExitReason | undefined;
} {
  const terminal = eventsOf(events, "run.completed", "run.errored").at(-1)?.event;
  if (terminal === undefined) return { ended: undefined, exit_reason: undefined };
  const otherwise = terminal.event_type === "run.completed" ? "completed" : "error";
  return { ended: terminal.event_type, exit_reason: terminal.payload.exit_reason ?? otherwise };
}
