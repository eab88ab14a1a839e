import type { Matcher } from "../api";
import { regexOf } from "../builders/compose/escape";
import { agents } from "../builders/fields";

/** Agents a rule is for: these, or all but these. */
export type AgentSet = { readonly only: readonly string[] } | { readonly except: readonly string[] };

export const ALL_AGENTS: AgentSet = { except: [] };

/** @throws RangeError for a set of no agent, for which there is no selector */
export function agentSetMatchers(set: AgentSet): Matcher[] {
  if ("only" in set) {
    if (set.only.length === 0) throw new RangeError("A rule for no agent has no selector; leave the rule out");
    return agents(set.only);
  }
  if (set.except.length === 0) return agents(undefined);
  return [{ name: "agent_id", op: "!~", value: set.except.map(regexOf).join("|") }];
}
