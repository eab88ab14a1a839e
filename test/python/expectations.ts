import type { FailureType } from "../../src/core/wire";
import type { ReadRun } from "./reading";

/** What the agents under `agents/` did, keyed by their agent_id. */
export type Expected = Readonly<Record<string, ReadRun>>;

/** Lines of Python before 0.4 state no length of arguments. */
const NO_LENGTHS: readonly FailureType[] = ["OVERSIZED_TOOL_ARGUMENTS"];
/** Python declares an empty list of tools when none is given, so it is unknown. */
const NO_TOOLS: readonly FailureType[] = ["TOOL_AVOIDANCE"];
const FEW_CALLS: readonly FailureType[] = ["CONTEXT_BLOAT"];
/** Nothing was read before these lines, so there is no baseline. */
const NO_BASELINE: readonly FailureType[] = ["STEP_COUNT_INFLATION", "TURN_BURST"];

/** A run that ended with an answer and without any signal, but for what is said of it. */
function run(
  calls: readonly string[],
  steps: number,
  differs: Partial<ReadRun>,
  ...missing: (readonly FailureType[])[]
) {
  return {
    status: "completed",
    exit_reason: "final_answer",
    steps,
    calls,
    signals: {},
    raw: false,
    no_data: [...NO_BASELINE, ...missing.flat()].sort(),
    ...differs,
  } satisfies ReadRun;
}

const LLM = "llm gpt-4o";
const repeated = (times: number, ...calls: readonly string[]): string[] =>
  Array.from({ length: times }, () => calls).flat();

/** `agents/hash_era.py` on 0.3.21. */
export const HASH_ERA: Expected = {
  "py-healthy": run(
    [LLM, "tool list_open_orders", LLM, "tool store_hours", LLM, "tool return_policy", LLM, "tool store_hours", LLM],
    9,
    {},
    NO_LENGTHS,
  ),
  // Three calls of one tool, and nobody can say whether they were equal: never more than LOW.
  "py-polling": run(
    [...repeated(3, "tool export_status"), LLM],
    4,
    { signals: { TOOL_LOOP: "LOW" } },
    NO_LENGTHS,
    FEW_CALLS,
    // The client writes 0 tokens, 0 ms and an empty output when it is told nothing.
    ["EMPTY_LLM_RESPONSE", "COST_SPIKE"],
  ),
  "py-loop": run(
    [...repeated(5, LLM, "tool web_search"), LLM],
    11,
    { exit_reason: "completed", signals: { TOOL_LOOP: "HIGH" } },
    NO_LENGTHS,
  ),
  "py-retry": run(
    [LLM, ...repeated(3, "tool book_room!")],
    4,
    {
      status: "errored",
      exit_reason: "error",
      // The failed answers have no known length, so the loop is not known to be stuck.
      signals: { RETRY_STORM: "HIGH", TOOL_LOOP: "MEDIUM", FIRST_STEP_FAILURE: "MEDIUM" },
    },
    NO_LENGTHS,
    FEW_CALLS,
  ),
  "py-unknown-arguments": run([LLM, LLM, "tool refresh!", "tool refresh!", LLM], 5, {}, NO_LENGTHS),
  "py-retrieval": run(["retrieval contracts", LLM], 2, {}, NO_TOOLS, FEW_CALLS),
  "py-nested": run([LLM], 1, {}, NO_TOOLS, FEW_CALLS),
  "py-injection": run([LLM], 1, { signals: { PROMPT_INJECTION_SIGNAL: "CRITICAL" } }, NO_TOOLS, FEW_CALLS),
  "py-policy": run(
    ["tool count", "tool count?"],
    2,
    { status: "errored", exit_reason: "policy_violation" },
    NO_LENGTHS,
  ),
};

const HAYSTACK_RAG: Expected = {
  // Every component takes a step, the prompt builder and the end of the run too.
  "haystack-rag": run(["retrieval retriever", LLM], 4, {}, NO_TOOLS, FEW_CALLS),
  "haystack-rag-empty": run(
    ["retrieval retriever", LLM],
    4,
    { signals: { RAG_EMPTY_RETRIEVAL: "MEDIUM" } },
    NO_TOOLS,
    FEW_CALLS,
  ),
  "haystack-failing": run(
    ["retrieval retriever", `${LLM}!`],
    4,
    { status: "errored", exit_reason: "error" },
    NO_TOOLS,
    FEW_CALLS,
    ["COST_SPIKE"],
  ),
};

/** `agents/haystack_rag.py` on Haystack 2, whose agents run model and tools as components. */
export const HAYSTACK_2: Expected = {
  ...HAYSTACK_RAG,
  "haystack-agent": run([...repeated(2, LLM, "tool weather"), LLM], 7, {}, NO_TOOLS, NO_LENGTHS),
};

/** The same on Haystack 3: of an agent nothing is seen. */
export const HAYSTACK_3: Expected = { ...HAYSTACK_RAG, "haystack-agent": run([], 2, {}, NO_TOOLS) };

const RAW = { raw: true };
/** `agents/raw_era.py` from 0.4 on: the content that its lines carry gives the hashes and lengths. */
export const RAW_ERA_0_4: Expected = {
  "raw-healthy": run([LLM, "tool look_up", "tool store_hours", "retrieval faq", LLM], 5, RAW, FEW_CALLS),
  "raw-loop": run([...repeated(4, LLM, "tool look_up"), LLM], 9, { ...RAW, signals: { TOOL_LOOP: "HIGH" } }),
  "raw-failing": run([...repeated(2, LLM, "tool charge!"), LLM], 5, {
    ...RAW,
    status: "errored",
    exit_reason: "error",
    signals: { RETRY_STORM: "HIGH", FIRST_STEP_FAILURE: "MEDIUM" },
  }),
  "raw-other-events": run([LLM], 1, RAW, NO_TOOLS, FEW_CALLS),
  // No input to scan, and an empty output may mean that nobody told it.
  "raw-empty": run([...repeated(2, "tool store_hours"), LLM], 3, { ...RAW, exit_reason: "completed" }, FEW_CALLS, [
    "PROMPT_INJECTION_SIGNAL",
    "EMPTY_LLM_RESPONSE",
  ]),
};

/** From 0.5 on there are voice events, of which a transcription takes a step. */
export const RAW_ERA_0_5: Expected = { ...RAW_ERA_0_4, "raw-other-events": run([LLM], 2, RAW, NO_TOOLS, FEW_CALLS) };

/** Starts every text that the agents of `raw_era.py` handle. */
export const CANARY = "canary-7f3a91";
