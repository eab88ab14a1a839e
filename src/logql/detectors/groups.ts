import { type Baselines, type DetectorConditions, type DetectorConfig, detectorOf, type FailureType } from "../../core";
import type { Literal } from "./clauses";

/** Some of the names, or all but some. */
export type Names = { readonly in: readonly string[] } | { readonly notIn: readonly string[] };

/** Runs that one detector judges alike. */
export interface JudgedAlike {
  readonly agents: Names;
  /** Absent: all versions. */
  readonly versions?: Names;
  readonly conditions: DetectorConditions;
}

export interface Judging {
  readonly config: DetectorConfig;
  readonly baselines: Baselines;
}

export const VERSION_LABEL = "f_version";

/**
 * Splits all runs into groups that a detector judges alike: agents with thresholds or baselines of their own, versions
 * with baselines of their own, and all others. Agents whose numbers come out the same share a group.
 *
 * @param agents only runs of these agents; all when empty
 */
export function judgedAlike(
  type: FailureType,
  { config, baselines }: Judging,
  agents: readonly string[],
): JudgedAlike[] {
  const special = [...new Set(agents.length > 0 ? agents : [...config.agents, ...baselines.agents])].sort();
  const detector = detectorOf(type);
  const conditionsOf = (agent: string, version?: string): DetectorConditions =>
    detector.conditions(config.settingsFor(agent)[type].thresholds, baselines.baselineOf(agent, version));
  const whole = new Map<string, { agents: string[]; conditions: DetectorConditions }>();
  const split: JudgedAlike[] = [];
  // No agent can be named "", so this stands for those that nothing is known of.
  const usual = detector.conditions(config.settingsFor("")[type].thresholds, {});
  const usualKey = JSON.stringify(usual);
  for (const agent of special) {
    const conditions = conditionsOf(agent);
    // A line without a version has "" for it too, and Loki misreads a list of texts that holds "".
    const versions = baselines.versionsOf(agent).filter((version) => version !== "");
    const own = byConditions(versions, (version) => conditionsOf(agent, version));
    const key = JSON.stringify(conditions);
    own.delete(key);
    if (own.size === 0) {
      const same = whole.get(key);
      if (same === undefined) whole.set(key, { agents: [agent], conditions });
      else same.agents.push(agent);
      continue;
    }
    const apart = [...own.values()];
    split.push(
      ...apart.map(({ names, conditions: of }) => ({
        agents: { in: [agent] },
        versions: { in: names },
        conditions: of,
      })),
    );
    split.push({ agents: { in: [agent] }, versions: { notIn: apart.flatMap(({ names }) => names) }, conditions });
  }
  if (agents.length === 0) whole.delete(usualKey);
  const groups: JudgedAlike[] = [...whole.values()].map((group) => ({
    agents: { in: group.agents },
    conditions: group.conditions,
  }));
  if (agents.length === 0) {
    const apart = [
      ...[...whole.values()].flatMap((group) => group.agents),
      ...split.flatMap(({ agents: of }) => ("in" in of ? of.in : [])),
    ];
    groups.push({ agents: { notIn: [...new Set(apart)] }, conditions: usual });
  }
  return [...groups, ...split];
}

function byConditions(
  names: readonly string[],
  conditionsOf: (name: string) => DetectorConditions,
): Map<string, { names: string[]; conditions: DetectorConditions }> {
  const groups = new Map<string, { names: string[]; conditions: DetectorConditions }>();
  for (const name of [...names].sort()) {
    const conditions = conditionsOf(name);
    const key = JSON.stringify(conditions);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, { names: [name], conditions });
    else same.names.push(name);
  }
  return groups;
}

/** What says that a run is not of the group: one of these holds. */
export function notOf({ agents, versions }: JudgedAlike): Literal[] {
  return [...outside("agent_id", agents), ...(versions === undefined ? [] : outside(VERSION_LABEL, versions))];
}

function outside(label: string, names: Names): Literal[] {
  if ("in" in names) return [{ kind: "list", label, is: false, values: names.in }];
  return names.notIn.length === 0 ? [] : [{ kind: "list", label, is: true, values: names.notIn }];
}
