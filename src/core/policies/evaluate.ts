import { agentIdOf } from "../wire/names";
import type { FailureType } from "../wire/terms";
import { matches, observedOf, type PolicyInput } from "./conditions";
import { EVERY_AGENT, type Policy } from "./policy";

/** A policy that met its condition, and how `policy.triggered` tells it. */
export interface Triggered {
  readonly policy: Policy;
  /** `unenforceable` where a cost is not known, so that a cap on it cannot be kept. */
  readonly action_type: Policy["action"]["type"] | "unenforceable";
  /** What was compared; for a signal all failure types that hold, null where it is not known. */
  readonly value: number | string | readonly FailureType[] | null;
}

const NOTHING: readonly Triggered[] = Object.freeze([]);

/**
 * The policies of one agent in the order in which they act: by priority, of equal ones local before remote, then as they
 * were added.
 */
export function policiesFor(
  agent_id: string,
  local: readonly Policy[],
  remote: readonly Policy[] = [],
): readonly Policy[] {
  const mine = (policy: Policy): boolean =>
    policy.enabled && (policy.agent_id === EVERY_AGENT || agentIdOf(policy.agent_id) === agent_id);
  return [...local, ...remote].filter(mine).sort((a, b) => a.priority - b.priority);
}

/** Which policies of one run acted already. */
export class PolicyRun {
  readonly #policies: readonly Policy[];
  readonly #done = new Set<Policy>();
  readonly #unenforceable = new Set<Policy>();

  /** @param policies as `policiesFor` gives them */
  constructor(policies: readonly Policy[]) {
    this.#policies = policies;
  }

  /**
   * To be called after tool.called, llm.responded and tool.responded. Every policy acts once a run, `log` each time its
   * condition holds. After a stop only `log` policies act any more, so that a log never hides a stop and a stop no log.
   *
   * @returns what acts, in its order; a stop, if any, is to be raised after all of it was told
   */
  evaluate(input: PolicyInput): readonly Triggered[] {
    let found: Triggered[] | undefined;
    let stopped = false;
    for (const policy of this.#policies) {
      const isLog = policy.action.type === "log";
      if (this.#done.has(policy) || (stopped && !isLog)) continue;
      const triggered = this.#one(policy, input);
      if (triggered === undefined) continue;
      found ??= [];
      found.push(triggered);
      if (triggered.action_type === "stop") stopped = true;
    }
    return found ?? NOTHING;
  }

  #one(policy: Policy, input: PolicyInput): Triggered | undefined {
    const { condition, action } = policy;
    if (matches(condition, input)) {
      if (action.type !== "log") this.#done.add(policy);
      const value = condition.trigger === "signal" ? input.holding() : (observedOf(condition.trigger, input) ?? null);
      return { policy, action_type: action.type, value };
    }
    const isPartial = input.uncosted || input.facts.unpriced_llm_calls > 0;
    return condition.trigger === "cost_usd" && isPartial ? this.#unpriced(policy, input) : undefined;
  }

  /** A cap on a cost that cannot be known in full: said once a run, or taken as met. */
  #unpriced(policy: Policy, input: PolicyInput): Triggered | undefined {
    if (this.#unenforceable.has(policy)) return undefined;
    this.#unenforceable.add(policy);
    const value = input.facts.cost_usd ?? null;
    if (policy.on_unpriced === undefined) return { policy, action_type: "unenforceable", value };
    this.#done.add(policy);
    return { policy, action_type: "stop", value };
  }
}
