import type { Scalar } from "../wire/fields";
import type { Micros } from "../wire/line";

/** Evidence lists keep at most this many entries. */
export const MAX_EVIDENCE = 50;

/** One tool call or retrieval with what its answer said. */
export interface ActionRecord {
  readonly kind: "tool" | "retrieval";
  readonly name: string;
  readonly step: number;
  /** 0 for the first turn; an input.received starts the next. */
  readonly turn: number;
  readonly time: Micros;
  /** Undefined when unknown: unknown equals nothing. */
  readonly args_hash: string | undefined;
  /** Sum of the prompt tokens of all LLM calls before this one. */
  readonly prompt_tokens_before: number;
  answered: boolean;
  /** Undefined until answered, and when the answer does not say. Retrievals have none. */
  success: boolean | undefined;
  /** output_length of a tool, result_count of a retrieval. */
  result_size: number | undefined;
  error_hash: string | undefined;
}

/** A call or gap that took long. */
export interface SlowRecord {
  readonly step: number;
  readonly name: string | undefined;
  readonly ms: number;
  readonly start: Micros;
}

export interface ExternalSignal {
  readonly signal_name: string;
  readonly source: string | undefined;
  readonly meta: Readonly<Record<string, Scalar>> | undefined;
  readonly time: Micros;
  readonly step: number;
}

/**
 * What the rules' verdicts rest on, collected beside the facts in bounded space. It never decides a verdict. A verdict
 * from a terminal line alone has none of it.
 */
export interface RunEvidence {
  readonly current_step: number;
  /** Declared tools, undefined when unknown. */
  readonly tools: readonly string[] | undefined;
  /** The actions named loop_tool in the first window that reached loop_count. */
  readonly loop: readonly ActionRecord[];
  /** The actions with one name and equal arguments in the first window that reached loop_identical; may be of another name. */
  readonly loop_identical: readonly ActionRecord[];
  /** The actions with equal arguments and equal answers in the first window that reached loop_stuck; may be of another name. */
  readonly loop_stuck: readonly ActionRecord[];
  /** The longest alternation: its two names in order and its first and last step. */
  readonly alternation:
    | { readonly names: readonly [string, string]; readonly first_step: number; readonly last_step: number }
    | undefined;
  /** The last tool call or retrieval. */
  readonly last_action: ActionRecord | undefined;
  /** The calls of repeat_tool with its commonest arguments, or its latest ones. */
  readonly repeat:
    | { readonly args_hash: string; readonly count: number; readonly first_step: number; readonly last_step: number }
    | undefined;
  /** The input with the most matched patterns. */
  readonly injection:
    | {
        readonly matched_pattern_count: number;
        readonly matched_patterns: readonly string[];
        readonly input_length: number;
        readonly step: number;
      }
    | undefined;
  /** Retrieval answers in order, the first 50. */
  readonly retrievals: readonly {
    readonly index_name: string | undefined;
    readonly step: number;
    readonly result_count: number | undefined;
    readonly top_score: number | null | undefined;
  }[];
  /** LLM answers cut by the length limit, the first 50. */
  readonly truncations: readonly {
    readonly step: number;
    readonly model: string | undefined;
    readonly completion_tokens: number | undefined;
  }[];
  /** Prompt sizes by call: the first 25 and the last 25. */
  readonly prompt_sizes: readonly { readonly step: number; readonly tokens: number }[];
  readonly slowest_tool: SlowRecord | undefined;
  readonly slowest_llm: SlowRecord | undefined;
  /** The gap starts at the event before it; `name` is that event's type. */
  readonly slowest_gap: SlowRecord | undefined;
  /** External signals in order, the last 50. */
  readonly external: readonly ExternalSignal[];
  /** Failed answers of retry_tool since its last success, the last 50. */
  readonly retry: readonly ActionRecord[];
  /** Failures of the longest chain, its tools in order of first failure. */
  readonly cascade:
    | { readonly tools: readonly string[]; readonly first_step: number; readonly last_step: number }
    | undefined;
  /** Failed tool calls after the last success, in the last turn with tool calls, the last 50. */
  readonly tail: readonly ActionRecord[];
  /** Steps of the empty answers, the first 50. */
  readonly empty_steps: readonly number[];
  /** The tool of first_failure_step when that was a tool failure. */
  readonly first_failure_tool: string | undefined;
  /** The last 50 calls in order. */
  readonly sequence: readonly ("llm" | "tool" | "retrieval")[];
  /** The longest arguments: whose and at which step. */
  readonly longest_args: { readonly tool: string; readonly step: number; readonly length: number } | undefined;
  /** Model changes in order, the first 50. */
  readonly model_changes: readonly { readonly step: number; readonly from: string; readonly to: string }[];
  /** The turn with the most actions and LLM calls. */
  readonly busiest_turn: { readonly turn: number; readonly first_step: number; readonly calls: number } | undefined;
}
