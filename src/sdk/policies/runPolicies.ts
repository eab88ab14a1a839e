import type { Facts } from "../../core/facts";
import { type Policy, type PolicyInput, PolicyRun } from "../../core/policies";
import type { FailureType, Payloads } from "../../core/wire";
import type { RunHook } from "../hooks";
import { sayOnce } from "../notices";
import { PolicyViolation } from "../policyViolation";
import type { RecordedEvent } from "../recordedEvent";
import type { RunRecorder } from "../recorder";
import type { Guidance } from "./guidance";

/** What policies see of their run. */
type GovernedRun = Pick<RunRecorder, "live" | "tracker">;

/** Applies the policies of one run after each of its events. */
export class RunPolicies implements PolicyInput, RunHook {
  finish_reason: string | undefined;
  llm_latency_ms: number | undefined;
  uncosted = false;
  readonly #policies: PolicyRun;
  readonly #run: GovernedRun;
  readonly #guidance: Guidance;
  readonly #triggered: (payload: Payloads["policy.triggered"]) => void;
  /** LLM calls when an action for the next one was taken. */
  #guidedAt = Number.POSITIVE_INFINITY;

  /** @param triggered records `policy.triggered` */
  constructor(
    policies: readonly Policy[],
    run: GovernedRun,
    guidance: Guidance,
    triggered: (payload: Payloads["policy.triggered"]) => void,
  ) {
    this.#policies = new PolicyRun(policies);
    this.#run = run;
    this.#guidance = guidance;
    this.#triggered = triggered;
  }

  get facts(): Readonly<Facts> {
    return this.#run.tracker.facts;
  }

  holds(type: FailureType): boolean {
    return this.#run.live.holds(this.#run.tracker, type);
  }

  holding(): readonly FailureType[] {
    return this.#run.live.holding(this.#run.tracker);
  }

  /** @returns the violation to throw, when a policy stops the run */
  afterEvent(_run: unknown, event: Readonly<RecordedEvent>): PolicyViolation | undefined {
    if (event.event_type === "llm.responded") {
      this.finish_reason = event.payload.finish_reason ?? this.finish_reason;
      this.llm_latency_ms = event.payload.latency_ms ?? this.llm_latency_ms;
      // A call that failed is not billed.
      if (event.payload.cost_usd === undefined && event.payload.error_hash === undefined) this.uncosted = true;
    } else if (event.event_type !== "tool.called" && event.event_type !== "tool.responded") return undefined;
    let violation: PolicyViolation | undefined;
    for (const { policy, action_type, value } of this.#policies.evaluate(this)) {
      const { name: policy_name, condition, action } = policy;
      this.#triggered({ policy_name, action_type, trigger: condition.trigger, value });
      if (action_type === "unenforceable") {
        sayOnce(
          `the policy "${policy_name}" cannot keep its cap on cost_usd: the price or the tokens of a model call are not known. Add the model to the option prices, let streams tell their usage, or set onUnpriced to "stop".`,
        );
      } else if (action_type === "stop") {
        violation ??= new PolicyViolation(policy_name, messageOf(action));
      } else if (action_type !== "log") {
        this.#guidance.take(policy);
        this.#guidedAt = this.facts.llm_calls;
      }
    }
    return violation;
  }

  ended(): void {
    this.#guidance.warnOfUnread(this.facts.llm_calls > this.#guidedAt);
  }
}

function messageOf(action: Policy["action"]): string | undefined {
  return action.type === "stop" ? action.params?.message : undefined;
}
