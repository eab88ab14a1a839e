import type { Context } from "hono";
import { EVERY_AGENT, type Policy } from "../../core/policies/policy";
import { agentIdOf } from "../../core/wire";

/** Where policies come from. */
export interface PolicySource {
  /** All of them, in the order of the file. */
  readonly policies: readonly Policy[];
}

export const NO_POLICIES: PolicySource = { policies: [] };

/** `GET /v1/policies`: those of one agent, or all. Each has an id: the Python package takes one without for its own. */
export function answerPolicies(c: Context, { policies }: PolicySource): Response {
  const agent = c.req.query("agent_id");
  const named = policies.map((policy) => ({ id: policy.id ?? policy.name, ...policy }));
  const its = named.filter(
    ({ agent_id }) => agent === undefined || agent_id === EVERY_AGENT || agentIdOf(agent_id) === agentIdOf(agent),
  );
  return c.json({ policies: its });
}
