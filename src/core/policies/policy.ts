import type { FailureType } from "../wire/terms";

/** What a condition looks at. Counts and cost are those of the run so far, the others those of its latest LLM answer. */
export const TRIGGERS = [
  "tool_call_count",
  "step_count",
  "cost_usd",
  "error_count",
  "finish_reason",
  "llm_latency_ms",
  "signal",
] as const;
export type Trigger = (typeof TRIGGERS)[number];

export const OPERATORS = ["gt", "gte", "lt", "lte", "eq", "neq", "contains"] as const;
export type Operator = (typeof OPERATORS)[number];

export const ACTION_TYPES = ["stop", "switch_model", "inject_prompt", "log"] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

type NumericTrigger = "tool_call_count" | "step_count" | "cost_usd" | "error_count" | "llm_latency_ms";
export type NumericOperator = "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
export type TextOperator = "eq" | "neq" | "contains";

/** When a policy acts. `eq` and `contains` of a signal both mean that it holds now, `neq` that it does not. */
export type Condition =
  | { readonly trigger: NumericTrigger; readonly operator: NumericOperator; readonly value: number }
  | { readonly trigger: "finish_reason"; readonly operator: TextOperator; readonly value: string }
  | { readonly trigger: "signal"; readonly operator: TextOperator; readonly value: FailureType };

/** What a policy does. */
export type Action =
  | { readonly type: "stop"; readonly params?: { readonly message?: string } }
  | { readonly type: "switch_model"; readonly params: { readonly model: string } }
  | { readonly type: "inject_prompt"; readonly params: { readonly prompt: string } }
  | { readonly type: "log" };

/** One rule for runs that go on, as it stands in policies.json. */
export interface Policy {
  readonly name: string;
  /** The agent it is for; `*` is every agent. */
  readonly agent_id: string;
  readonly condition: Condition;
  readonly action: Action;
  readonly enabled: boolean;
  /** Lower ones act first. */
  readonly priority: number;
  /**
   * What a cost_usd policy does when the price or the tokens of a call are not known; `stop` stops the run. Default: it says
   * so, and goes on.
   */
  readonly on_unpriced?: "stop";
  /** Set by the store the policy comes from. */
  readonly id?: string;
}

/** Policies act in this order unless they say otherwise. */
export const DEFAULT_PRIORITY = 100;
export const EVERY_AGENT = "*";
