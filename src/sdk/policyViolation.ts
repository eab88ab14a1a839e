/**
 * Thrown out of `toolCalled`, `llmResponded` and `toolResponded` (and so out of wrapped tools and model calls) when a
 * policy stops the run. The run ends as run.errored with exit_reason `policy_violation`.
 */
export class PolicyViolation extends Error {
  override readonly name = "PolicyViolation";
  /** The policy that stopped the run. */
  readonly policyName: string;

  constructor(policyName: string, message = `The run was stopped by the policy "${policyName}".`) {
    super(message);
    this.policyName = policyName;
  }
}
