/** Known to all copies of this package in one process, such as its ESM and its CJS build. */
const BRAND = Symbol.for("dunetrace.PolicyViolation");

function isInstance(asked: unknown, value: unknown): boolean {
  if (asked !== PolicyViolation) return Function.prototype[Symbol.hasInstance].call(asked, value);
  return typeof value === "object" && value !== null && BRAND in value;
}

/**
 * Thrown out of `toolCalled`, `llmResponded` and `toolResponded` (and so out of wrapped tools and model calls) when a
 * policy stops the run. The run ends as run.errored with exit_reason `policy_violation`. `instanceof` knows the violations
 * of every copy of this package in the process.
 */
export class PolicyViolation extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass inherits this and is asked as itself.
    return isInstance(this, value);
  }

  override readonly name = "PolicyViolation";
  /** The policy that stopped the run. */
  readonly policyName: string;

  constructor(policyName: string, message = `The run was stopped by the policy "${policyName}".`) {
    super(message);
    this.policyName = policyName;
    // Not enumerable, so that it does not show where errors are printed or compared.
    Object.defineProperty(this, BRAND, { value: true });
  }
}
