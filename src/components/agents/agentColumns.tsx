import { Icon, Tooltip } from "@grafana/ui";
import { count, dollars, NO_DATA, NOTHING, percent, shortDuration, UNPRICED } from "../../core/words";
import type { AgentRow } from "../../logql/ask";
import { Sparkline } from "../charts";
import { listParam } from "../filters";
import type { Column } from "../table";
import { t } from "../text";
import { Moment, ViewLink } from "../values";
import { failedShare, openRuns, runsOf, trouble } from "./health";
import { TypeCounts } from "./TypeCounts";

export interface AgentColumnsContext {
  /** Signals over time by agent. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
  /** Agents that stopped running. */
  readonly quiet: ReadonlySet<string>;
}

const lastOf = ({ last_run_at }: AgentRow): number | undefined =>
  last_run_at === undefined ? undefined : Number(last_run_at / 1_000_000n);

export function agentColumns({ lines, quiet }: AgentColumnsContext): readonly Column<AgentRow>[] {
  return [
    {
      id: "agent",
      title: t("agents.column.agent", "Agent"),
      width: 130,
      grow: 1,
      opens: true,
      stacked: "head",
      sortBy: ({ agent_id }) => agent_id,
      cell: ({ agent_id }) => <span title={agent_id}>{agent_id}</span>,
    },
    {
      id: "health",
      title: t("agents.column.health", "Signals over time"),
      width: 104,
      priority: 3,
      stacked: "plain",
      cell: ({ agent_id }) => <Line points={lines.get(agent_id) ?? []} />,
    },
    {
      id: "runs",
      title: t("agents.column.runs", "Runs"),
      width: 48,
      align: "right",
      sortBy: runsOf,
      cell: (agent) => (
        <ViewLink to={{ page: "runs", params: { agent: listParam([agent.agent_id]) } }}>
          {count(runsOf(agent))}
        </ViewLink>
      ),
    },
    {
      id: "failed",
      title: t("agents.column.failed", "Failed"),
      width: 88,
      priority: 1,
      align: "right",
      sortBy: failedShare,
      cell: (agent) => <Failed agent={agent} />,
    },
    {
      id: "types",
      title: t("agents.column.types", "What went wrong"),
      width: 220,
      grow: 4,
      priority: 2,
      stacked: "plain",
      sortBy: trouble,
      cell: (agent) => <TypeCounts agent={agent} />,
    },
    {
      id: "duration",
      title: t("agents.column.duration", "Average"),
      width: 58,
      priority: 5,
      align: "right",
      sortBy: ({ average_duration_ms }) => average_duration_ms,
      cell: ({ average_duration_ms }) =>
        average_duration_ms === undefined ? NO_DATA : shortDuration(average_duration_ms),
    },
    {
      id: "cost",
      title: t("agents.column.cost", "Cost"),
      width: 62,
      priority: 4,
      align: "right",
      sortBy: ({ cost_usd }) => cost_usd,
      cell: ({ cost_usd }) => (cost_usd === undefined ? UNPRICED : dollars(cost_usd)),
    },
    {
      id: "last",
      title: t("agents.column.last", "Last run"),
      width: 136,
      priority: 2,
      stacked: "plain",
      sortBy: lastOf,
      cell: (agent) => <LastRun at={lastOf(agent)} quiet={quiet.has(agent.agent_id)} />,
    },
  ];
}

function Line({ points }: { readonly points: readonly number[] }) {
  const total = points.reduce((sum, value) => sum + value, 0);
  if (total === 0) return <>{NOTHING}</>;
  const most = points.reduce((a, b) => Math.max(a, b), 0);
  return (
    <Sparkline
      points={points}
      width={100}
      label={t("agents.line", "{{total}} signals, at most {{most}} at a time", { total, most })}
    />
  );
}

function Failed({ agent }: { readonly agent: AgentRow }) {
  const share = failedShare(agent);
  if (share === undefined) return <Open agent={agent} />;
  if (agent.failed === 0) return <>0</>;
  return (
    <ViewLink to={{ page: "runs", params: { agent: listParam([agent.agent_id]), status: "errored" } }}>
      {count(agent.failed)} ({percent(share)})
    </ViewLink>
  );
}

/** None of the runs has ended: a click tells whether they go on or stalled. */
function Open({ agent }: { readonly agent: AgentRow }) {
  const open = openRuns(agent);
  if (open === 0) return <>{NOTHING}</>;
  return (
    <ViewLink
      to={{ page: "runs", params: { agent: listParam([agent.agent_id]), status: "running,stalled" } }}
      title={t("agents.openWhy", "No run of this time has ended: see whether they go on or have stalled")}
    >
      {t("agents.open", "{{open}} open", { open: count(open) })}
    </ViewLink>
  );
}

function LastRun({ at, quiet }: { readonly at: number | undefined; readonly quiet: boolean }) {
  return (
    <>
      {quiet && (
        <Tooltip content={t("agents.quietWhy", "It ran within the last 24 h and has stopped since.")}>
          <span>
            <Icon name="pause" size="sm" /> {t("agents.quiet", "quiet")}{" "}
          </span>
        </Tooltip>
      )}
      {at === undefined ? NO_DATA : <Moment at={at} />}
    </>
  );
}
