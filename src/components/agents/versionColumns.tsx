import { count, dollars, NO_DATA, NOTHING, percent, shortDuration, UNPRICED } from "../../core/words";
import { listParam } from "../filters";
import type { Column } from "../table";
import { t } from "../text";
import { Moment, ViewLink } from "../values";
import { failedShare } from "./health";
import { costPerRun, type DeployedVersion, endedOf, signalsPerRun } from "./versions";

const orNoData = (value: number | undefined, words: (value: number) => string, without = NO_DATA): string =>
  value === undefined ? without : words(value);

/** Versions of one agent side by side. */
export function versionColumns(agent_id: string): readonly Column<DeployedVersion>[] {
  const filtered = (version: string) => ({ agent: listParam([agent_id]), version: listParam([version]) });
  return [
    {
      id: "version",
      title: t("agent.version", "Version"),
      width: 90,
      grow: 1,
      opens: true,
      stacked: "head",
      sortBy: ({ agent_version }) => agent_version,
      cell: ({ agent_version }) => (
        <span title={agent_version}>{agent_version === "" ? t("agent.noVersion", "not named") : agent_version}</span>
      ),
    },
    {
      id: "deployed",
      title: t("agent.deployed", "Deployed"),
      width: 120,
      priority: 3,
      sortBy: ({ deployed_at }) => deployed_at,
      cell: ({ deployed_at }) => (deployed_at === undefined ? NOTHING : <Moment at={deployed_at} />),
    },
    {
      id: "runs",
      title: t("agent.runs", "Runs"),
      width: 50,
      align: "right",
      sortBy: endedOf,
      cell: (row) => count(endedOf(row)),
    },
    {
      id: "failed",
      title: t("agent.failed", "Failed"),
      width: 92,
      align: "right",
      sortBy: failedShare,
      cell: (row) => (row.failed === 0 ? "0" : `${count(row.failed)} (${percent(failedShare(row) ?? 0)})`),
    },
    {
      id: "signals",
      title: t("agent.signals", "Signals per run"),
      width: 96,
      align: "right",
      sortBy: signalsPerRun,
      cell: (row) => (
        <ViewLink to={{ page: "signals", params: filtered(row.agent_version) }}>
          {orNoData(signalsPerRun(row), (value) => value.toFixed(2))}
        </ViewLink>
      ),
    },
    {
      id: "average",
      title: t("agent.average", "Average"),
      width: 60,
      priority: 2,
      align: "right",
      sortBy: ({ average_duration_ms }) => average_duration_ms,
      cell: ({ average_duration_ms }) => orNoData(average_duration_ms, shortDuration),
    },
    {
      id: "p95",
      title: t("agent.p95", "p95"),
      width: 60,
      priority: 1,
      align: "right",
      sortBy: ({ p95_duration_ms }) => p95_duration_ms,
      cell: ({ p95_duration_ms }) => orNoData(p95_duration_ms, shortDuration),
    },
    {
      id: "perRun",
      title: t("agent.costPerRun", "Cost per run"),
      width: 82,
      priority: 2,
      align: "right",
      sortBy: costPerRun,
      cell: (row) => orNoData(costPerRun(row), dollars, UNPRICED),
    },
    {
      id: "cost",
      title: t("agent.cost", "Cost"),
      width: 66,
      priority: 4,
      align: "right",
      sortBy: ({ cost_usd }) => cost_usd,
      cell: ({ cost_usd }) => orNoData(cost_usd, dollars, UNPRICED),
    },
  ];
}
