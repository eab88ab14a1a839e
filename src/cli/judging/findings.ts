import type { JudgedRun } from "../../core/judging";
import { selectSignals } from "../../core/judging";
import type { Severity } from "../../core/wire";
import { compare } from "../../core/words";
import { compareSignals, type FoundSignal, foundSignal } from "../output/signalsTable";

/** Why a run fails the check: a signal, or its cost. */
export type Finding =
  | ({ readonly kind: "signal" } & FoundSignal)
  | {
      readonly kind: "cost";
      readonly run_id: string;
      readonly agent_id: string;
      readonly agent_version: string | null;
      readonly cost_usd: number;
      readonly max_cost_usd: number;
    };

export interface Limits {
  readonly failOn: Severity;
  readonly maxCostUsd: number | undefined;
}

export interface CheckResult {
  runs: number;
  runs_with_findings: number;
  readonly fail_on: Severity;
  readonly max_cost_usd: number | null;
  /** Some of their calls have no price, so that they cost more than is known. */
  runs_without_full_cost: number;
  readonly findings: Finding[];
}

export function findingsOf({ run, signals }: JudgedRun, limits: Limits): Finding[] {
  const selected = selectSignals(signals, { minSeverity: limits.failOn, shadow: false });
  const findings: Finding[] = selected.map((signal) => ({ kind: "signal", ...foundSignal(run, signal) }));
  const { cost_usd } = run.facts;
  if (limits.maxCostUsd !== undefined && cost_usd !== undefined && cost_usd > limits.maxCostUsd) {
    const { run_id, agent_id, agent_version = null } = run;
    findings.push({ kind: "cost", run_id, agent_id, agent_version, cost_usd, max_cost_usd: limits.maxCostUsd });
  }
  return findings;
}

/** Worst first; costs come after all signals, the highest first. Nothing of the order depends on where the lines stand. */
export function compareFindings(a: Finding, b: Finding): number {
  if (a.kind === "signal" && b.kind === "signal") return compareSignals(a, b);
  if (a.kind === "cost" && b.kind === "cost") return b.cost_usd - a.cost_usd || compare(a.run_id, b.run_id);
  return a.kind === "signal" ? -1 : 1;
}
