import { listed } from "../../../core/detectors/words";
import { type Finding, ok, unknown, warning } from "../finding";
import type { Observations } from "../observations";

/** Producers judged with the thresholds that this reader has. */
export function thresholds({ terminals, rulesOf }: Observations): Finding {
  if (terminals === undefined) return unknown("thresholds", "Loki did not list finished runs.", "See limits.");
  const stated = terminals.flatMap(({ agent_id, payload }) =>
    payload.rules === undefined ? [] : [{ agent_id, rules: payload.rules }],
  );
  if (stated.length === 0) {
    return unknown("thresholds", "No finished run states its thresholds.", "Producers that write facts state them.");
  }
  // Newest first: what an agent used before a change does not matter.
  const newest = new Map<string, string>();
  for (const { agent_id, rules } of stated) if (!newest.has(agent_id)) newest.set(agent_id, rules);
  const other = [...newest].filter(([agent_id, rules]) => rules !== rulesOf(agent_id)).map(([agent_id]) => agent_id);
  if (other.length === 0)
    return ok("thresholds", `All ${newest.size === 1 ? "runs" : `${newest.size} agents`} judge with these thresholds.`);
  return warning(
    "thresholds",
    `${listed(other, 3)} judged with other thresholds than these: recorded and computed signals may differ.`,
    "Give agents and readers the same detectors.yml (DUNETRACE_DETECTORS, or --detectors here).",
  );
}

/** Who writes no facts is judged from the events, which takes more queries. */
export function producers({ terminals }: Observations): Finding {
  if (terminals === undefined) return unknown("facts", "Loki did not list finished runs.", "See limits.");
  if (terminals.length === 0) return unknown("facts", "No finished run to look at.", "Let a run end.");
  const without = [
    ...new Set(terminals.filter(({ payload }) => payload.facts === undefined).map((line) => line.agent_id)),
  ];
  if (without.length === 0) return ok("facts", "Every finished run carries its facts.");
  return ok(
    "facts",
    `${listed(without, 3)} ${without.length === 1 ? "writes" : "write"} no facts (the Python package does not): their runs are rebuilt from the events when they are read, and their alerts come from raw-event rules.`,
  );
}
