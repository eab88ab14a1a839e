import type { Facts } from "../facts/facts";
import type { FailureType, FinishReason } from "../wire/terms";
import type { Condition, NumericOperator } from "./policy";

/** A run as policies see it, after an event was counted. */
export interface PolicyInput {
  readonly facts: Readonly<Facts>;
  /** Of the latest LLM answer that states one. */
  readonly finish_reason: FinishReason | string | undefined;
  /** Of the latest LLM answer that states one, ms. */
  readonly llm_latency_ms: number | undefined;
  /** An LLM call was answered whose cost is not known although it had one: its tokens were not told. */
  readonly uncosted: boolean;
  /** Whether a failure type holds on the facts so far. */
  holds(type: FailureType): boolean;
  /** All failure types that hold on the facts so far: asked where a policy acts by one of them. */
  holding(): readonly FailureType[];
}

/** What a policy compares with: undefined while it is not known. */
export function observedOf(trigger: Condition["trigger"], input: PolicyInput): number | string | undefined {
  switch (trigger) {
    case "tool_call_count":
      return input.facts.tool_calls;
    case "step_count":
      return input.facts.steps;
    case "cost_usd":
      return input.facts.cost_usd;
    case "error_count":
      return input.facts.tool_failures;
    case "llm_latency_ms":
      return input.llm_latency_ms;
    case "finish_reason":
      return input.finish_reason;
    case "signal":
      return undefined;
  }
}

function compares(observed: number, operator: NumericOperator, value: number): boolean {
  switch (operator) {
    case "gt":
      return observed > value;
    case "gte":
      return observed >= value;
    case "lt":
      return observed < value;
    case "lte":
      return observed <= value;
    case "eq":
      return observed === value;
    case "neq":
      return observed !== value;
  }
}

/** Whether a condition holds. What is not known holds nothing, `neq` included. */
export function matches(condition: Condition, input: PolicyInput): boolean {
  if (condition.trigger === "signal") {
    const holds = input.holds(condition.value);
    return condition.operator === "neq" ? !holds : holds;
  }
  const observed = observedOf(condition.trigger, input);
  if (observed === undefined) return false;
  if (condition.trigger === "finish_reason") {
    if (typeof observed !== "string") return false;
    if (condition.operator === "contains") return observed.includes(condition.value);
    return (observed === condition.value) === (condition.operator === "eq");
  }
  return typeof observed === "number" && compares(observed, condition.operator, condition.value);
}
