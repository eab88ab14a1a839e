import { FAILURE_TYPES, type FailureType, type Severity, severityRank } from "../../core/wire";
import type { AgentRow } from "../../logql/ask";

export interface MatrixCell {
  readonly agent_id: string;
  readonly count: number;
  /** The worst of them; undefined where there are none. */
  readonly severity: Severity | undefined;
  /** 0 where there is none, 1 for the largest count of the matrix. */
  readonly intensity: number;
}

export interface MatrixRow {
  readonly failure_type: FailureType;
  readonly total: number;
  readonly cells: readonly MatrixCell[];
}

/** Which failures which agents have. */
export interface Matrix {
  /** Those with the worst signals first, of equal ones those with most. */
  readonly agents: readonly string[];
  /** Agents with signals that have no column. */
  readonly left_out: number;
  readonly rows: readonly MatrixRow[];
}

/** Counts by failure type and agent: the worst types and agents first, at most so many agents. */
export function matrixOf(rows: readonly AgentRow[], most: number): Matrix {
  const totalOf = ({ signals }: AgentRow): number => signals.reduce((sum, { count }) => sum + count, 0);
  const worstOf = ({ signals }: AgentRow): number =>
    Math.max(-1, ...signals.filter(({ count }) => count > 0).map(({ severity }) => severityRank(severity)));
  const agents = rows
    .filter((agent) => totalOf(agent) > 0)
    .sort((a, b) => worstOf(b) - worstOf(a) || totalOf(b) - totalOf(a));
  const shown = agents.slice(0, most);
  const top = Math.max(1, ...shown.flatMap(({ signals }) => signals.map(({ count }) => count)));
  const types = FAILURE_TYPES.map((failure_type): MatrixRow & { readonly worst: number } => {
    const cells = shown.map(({ agent_id, signals }): MatrixCell => {
      const found = signals.find((signal) => signal.failure_type === failure_type);
      // By its root, so that small counts can still be told from none.
      const intensity = found === undefined ? 0 : Math.sqrt(found.count / top);
      return { agent_id, count: found?.count ?? 0, severity: found?.severity, intensity };
    });
    const worst = Math.max(-1, ...cells.map(({ severity }) => (severity === undefined ? -1 : severityRank(severity))));
    return { failure_type, total: cells.reduce((sum, { count }) => sum + count, 0), cells, worst };
  });
  return {
    agents: shown.map(({ agent_id }) => agent_id),
    left_out: agents.length - shown.length,
    rows: types
      .filter(({ total }) => total > 0)
      .sort((a, b) => b.worst - a.worst || b.total - a.total)
      .map(({ worst: _worst, ...row }) => row),
  };
}
