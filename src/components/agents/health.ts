import { type FailureType, type Severity, severityRank } from "../../core/wire";
import type { AgentRow, SignalRateAnswer, TimeSpan } from "../../logql/ask";
import { valuesOf } from "../charts/bars";

type Series = SignalRateAnswer["series"][number];

/** Runs of the time: those that began or ended in it. */
export function runsOf({ started, completed, failed }: Pick<AgentRow, "started" | "completed" | "failed">): number {
  return Math.max(started, completed + failed);
}

/** Runs that began in the time and have not ended: they go on, or they stalled. */
export function openRuns({ started, completed, failed }: Pick<AgentRow, "started" | "completed" | "failed">): number {
  return Math.max(0, started - completed - failed);
}

/** The share of ended runs that failed; undefined while none has ended. */
export function failedShare({ completed, failed }: Pick<AgentRow, "completed" | "failed">): number | undefined {
  return completed + failed === 0 ? undefined : failed / (completed + failed);
}

/** For sorting: agents with the worst signals first, among those alike the ones with more. */
export function trouble({ signals }: Pick<AgentRow, "signals">): number {
  return signals.reduce((sum, { severity, count }) => sum + count * 1000 ** severityRank(severity), 0);
}

/** Signals by agent and bar. */
export function linesByAgent(series: readonly Series[], span: TimeSpan, step: number): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const { agent_id = "", points } of series)
    lines.set(agent_id, added(lines.get(agent_id), valuesOf(points, span, step)));
  return lines;
}

/** How often a failure type came up over the time. */
export interface TypeLine {
  readonly failure_type: FailureType;
  /** The worst of it. */
  readonly severity: Severity;
  readonly total: number;
  readonly points: readonly number[];
}

/** Signals by type and bar, the worst types first, then the most frequent ones. */
export function linesByType(series: readonly Series[], span: TimeSpan, step: number): readonly TypeLine[] {
  const lines = new Map<FailureType, TypeLine>();
  for (const { failure_type, severity, points } of series) {
    if (failure_type === undefined || severity === undefined) continue;
    const values = valuesOf(points, span, step);
    const total = values.reduce((sum, value) => sum + value, 0);
    if (total === 0) continue;
    const known = lines.get(failure_type);
    lines.set(failure_type, {
      failure_type,
      severity:
        known !== undefined && severityRank(known.severity) > severityRank(severity) ? known.severity : severity,
      total: (known?.total ?? 0) + total,
      points: added(known?.points, values),
    });
  }
  return [...lines.values()].sort((a, b) => severityRank(b.severity) - severityRank(a.severity) || b.total - a.total);
}

function added(a: readonly number[] | undefined, b: readonly number[]): number[] {
  return b.map((value, at) => value + (a?.[at] ?? 0));
}
