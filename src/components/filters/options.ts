import type { ComboboxOption } from "@grafana/ui";
import { count } from "../../core/words";
import type { AgentRow, RunRow, VersionRow } from "../../logql/ask";

/** A choice and how often it is there. */
type Option = ComboboxOption<string>;

/** A choice is a single line. */
const labelOf = (value: string): string => value.replace(/\s+/g, " ");
const option = (value: string, runs: number): Option => ({
  value,
  label: labelOf(value),
  description: runs === 1 ? "1 run" : `${count(runs)} runs`,
});

export function agentOptions(agents: readonly AgentRow[]): Option[] {
  return agents.map(({ agent_id, started, completed, failed }) =>
    option(agent_id, Math.max(started, completed + failed)),
  );
}

export function versionOptions(versions: readonly VersionRow[]): Option[] {
  return versions.map(({ agent_version, completed, failed }) => option(agent_version, completed + failed));
}

/** The versions of these runs, most frequent first. */
export function seenVersions(rows: readonly RunRow[]): Option[] {
  return tally(rows.map(({ run }) => run.agent_version));
}

/** The environments that these runs are tagged with, most frequent first. */
export function seenEnvironments(rows: readonly RunRow[]): Option[] {
  return tally(rows.map(({ run }) => run.tags?.environment));
}

function tally(values: readonly (string | undefined)[]): Option[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined && value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([value, runs]) => option(value, runs));
}

/** The choices with those that are chosen but not among them, so that they can be seen and taken away. */
export function withChosen(options: readonly Option[], chosen: readonly string[]): Option[] {
  const known = new Set(options.map(({ value }) => value));
  return [
    ...options,
    ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: labelOf(value) })),
  ];
}
