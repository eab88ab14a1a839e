import { closest, distance } from "fastest-levenshtein";
import { scanInput } from "../injection";
import { normaliseFinishReason } from "../wire/finishReason";
import { isRecord } from "../wire/record";
import { FAILURE_TYPES, FINISH_REASONS } from "../wire/terms";
import {
  ACTION_TYPES,
  type Action,
  type Condition,
  DEFAULT_PRIORITY,
  EVERY_AGENT,
  type NumericOperator,
  OPERATORS,
  type Policy,
  type TextOperator,
  TRIGGERS,
  type Trigger,
} from "./policy";

/** A policy that cannot be used. The message names the place, the fault and what would be valid. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

const TEXT_OPERATORS: readonly TextOperator[] = ["eq", "neq", "contains"];
const NUMERIC_OPERATORS: readonly NumericOperator[] = ["gt", "gte", "lt", "lte", "eq", "neq"];
const POLICY_KEYS = ["id", "name", "agent_id", "condition", "action", "enabled", "priority", "on_unpriced"] as const;
/** Of this many letters of a key one may differ, and it still means ours. */
const LETTERS_A_TYPO = 4;

/**
 * Reads one policy.
 *
 * @param document the parsed JSON of the policy
 * @param place how messages name it, such as `policies.json, policy 3`
 * @throws PolicyError when anything in it is not valid
 *
 * @example
 * parsePolicy(
 *   { name: "cap", condition: { trigger: "tool_call_count", operator: "gt", value: 5 }, action: { type: "stop" } },
 *   "addPolicy",
 * );
 */
export function parsePolicy(document: unknown, place: string): Policy {
  if (!isRecord(document)) throw new PolicyError(`${place}: a policy is an object with name, condition and action.`);
  const { name } = document;
  if (typeof name !== "string" || name.trim() === "") throw new PolicyError(`${place}: the policy needs a "name".`);
  const where = `${place}, "${name}"`;
  for (const key of Object.keys(document)) {
    if (POLICY_KEYS.some((known) => known === key)) continue;
    // A server may add keys of its own, such as a signature; what is near one of ours is a typing error.
    const near = closest(key.toLowerCase(), [...POLICY_KEYS]);
    if (distance(near, key.toLowerCase()) * LETTERS_A_TYPO <= near.length)
      throw new PolicyError(`${where}: unknown key "${key}". Did you mean "${near}"?`);
  }
  const { id, agent_id = EVERY_AGENT, enabled = true, priority = DEFAULT_PRIORITY, on_unpriced } = document;
  if (typeof agent_id !== "string" || agent_id === "")
    throw new PolicyError(`${where}: "agent_id" must be an agent's id or "*".`);
  if (typeof enabled !== "boolean") throw new PolicyError(`${where}: "enabled" must be true or false.`);
  if (typeof priority !== "number" || !Number.isFinite(priority))
    throw new PolicyError(`${where}: "priority" must be a number.`);
  const condition = conditionOf(document.condition, where);
  if (on_unpriced !== undefined && on_unpriced !== "stop")
    throw new PolicyError(`${where}: "on_unpriced" can only be "stop".`);
  if (on_unpriced !== undefined && condition.trigger !== "cost_usd") {
    throw new PolicyError(`${where}: "on_unpriced" is for the trigger cost_usd, not ${condition.trigger}.`);
  }
  return {
    name,
    agent_id,
    condition,
    action: actionOf(document.action, where),
    enabled,
    priority,
    ...(on_unpriced === undefined ? {} : { on_unpriced }),
    ...(typeof id === "string" || typeof id === "number" ? { id: String(id) } : {}),
  };
}

/**
 * Reads a policies file: `{"policies": […]}`, or the list alone.
 *
 * @throws PolicyError when the document or one of its policies is not valid
 */
export function parsePolicies(document: unknown, source: string): readonly Policy[] {
  const list = isRecord(document) ? document.policies : document;
  if (!Array.isArray(list)) throw new PolicyError(`${source}: expected {"policies": [ … ]} or a list of policies.`);
  return list.map((one: unknown, at) => parsePolicy(one, `${source}, policy ${at + 1}`));
}

function conditionOf(document: unknown, where: string): Condition {
  if (!isRecord(document)) throw new PolicyError(`${where}: "condition" must hold trigger, operator and value.`);
  const trigger = known(document.trigger, TRIGGERS, "trigger", where);
  const operator = known(document.operator, OPERATORS, "operator", where);
  const { value } = document;
  if (trigger === "signal" || trigger === "finish_reason") {
    const text = fitting(operator, TEXT_OPERATORS, trigger, where);
    if (typeof value !== "string" || value === "")
      throw new PolicyError(`${where}: the value of ${trigger} must be a text.`);
    if (trigger === "signal")
      return { trigger, operator: text, value: known(value, FAILURE_TYPES, "failure type", where) };
    return {
      trigger,
      operator: text,
      // Lines carry the one vocabulary; a provider's own name, such as end_turn, means the same.
      value:
        text === "contains"
          ? value
          : known(normaliseFinishReason(value) ?? value, FINISH_REASONS, "finish reason", where),
    };
  }
  const numeric = fitting(operator, NUMERIC_OPERATORS, trigger, where);
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new PolicyError(`${where}: the value of ${trigger} must be a number.`);
  return { trigger, operator: numeric, value };
}

function actionOf(document: unknown, where: string): Action {
  if (!isRecord(document)) throw new PolicyError(`${where}: "action" must hold a type, such as {"type": "stop"}.`);
  const type = known(document.type, ACTION_TYPES, "action", where);
  const params = document.params ?? {};
  if (!isRecord(params)) throw new PolicyError(`${where}: "params" of the action must be an object.`);
  switch (type) {
    case "log":
      return { type };
    case "stop": {
      const { message } = params;
      if (message === undefined) return { type };
      return { type, params: { message: textParam(message, "message", type, where) } };
    }
    case "switch_model":
      return { type, params: { model: textParam(params.model, "model", type, where) } };
    case "inject_prompt": {
      const prompt = textParam(params.prompt, "prompt", type, where);
      const found = scanInput(prompt);
      if (found === undefined) return { type, params: { prompt } };
      throw new PolicyError(
        `${where}: the prompt looks like a prompt injection itself (${found.matched_patterns.join(", ")}); word it differently.`,
      );
    }
  }
}

function textParam(value: unknown, name: string, type: string, where: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new PolicyError(`${where}: the action ${type} needs the text "params.${name}".`);
}

function fitting<T extends string>(operator: string, valid: readonly T[], trigger: Trigger, where: string): T {
  const found = valid.find((one) => one === operator);
  if (found !== undefined) return found;
  throw new PolicyError(`${where}: ${trigger} cannot be compared with "${operator}"; use ${valid.join(", ")}.`);
}

function known<T extends string>(value: unknown, valid: readonly T[], what: string, where: string): T {
  const found = valid.find((one) => one === value);
  if (found !== undefined) return found;
  if (typeof value !== "string" || value === "")
    throw new PolicyError(`${where}: the ${what} is missing; use ${valid.join(", ")}.`);
  const [first = "", ...rest] = valid;
  throw new PolicyError(`${where}: unknown ${what} "${value}". Did you mean "${closest(value, [first, ...rest])}"?`);
}
