import { detectorOf } from "../../core/detectors";
import { count } from "../../core/words";
import { SeverityBadge } from "../severity";
import type { Column } from "../table";
import { t } from "../text";
import { Moment } from "../values";
import type { SignalGroup } from "./groups";
import { rateWords } from "./rateWords";
import type { Rates } from "./useRates";
import { Version } from "./Version";

/** The columns of grouped signals: severity, agent, what happened, version, how common, runs, last seen; where they differ, how many. */
export function groupColumns(rates: Rates, rows: readonly SignalGroup[]): readonly Column<SignalGroup>[] {
  const columns: Column<SignalGroup>[] = [
    {
      id: "severity",
      title: t("signals.severity", "Severity"),
      width: 90,
      stacked: "head",
      cell: ({ worst }) => <SeverityBadge severity={worst.severity} shadow={worst.shadow} />,
    },
    {
      id: "agent",
      title: t("signals.agent", "Agent"),
      width: 130,
      grow: 1,
      stacked: "head",
      cell: ({ agent_id }) => <span title={agent_id}>{agent_id}</span>,
    },
    {
      id: "what",
      title: t("signals.what", "What happened"),
      width: 220,
      grow: 4,
      opens: true,
      stacked: "head",
      cell: ({ worst }) => <span title={worst.title}>{worst.title}</span>,
    },
    {
      id: "type",
      title: t("signals.type", "Failure"),
      width: 120,
      priority: 4,
      cell: ({ failure_type }) => detectorOf(failure_type).label,
    },
    {
      id: "version",
      title: t("signals.version", "Version"),
      width: 80,
      priority: 3,
      cell: ({ agent_version = "" }) => <Version version={agent_version} />,
    },
    {
      id: "common",
      title: t("signals.common", "How common"),
      width: 170,
      priority: 2,
      cell: (group) => {
        const rate = rates.of(group);
        if (rate !== undefined) return rateWords(rate);
        if (rates.error === undefined) return "";
        return <span title={rates.error.message}>{t("signals.rateUnknown", "not known")}</span>;
      },
    },
    {
      id: "differs",
      title: t("signals.differing", "Differ"),
      width: 50,
      align: "right",
      priority: 5,
      cell: ({ differing }) => (differing === 0 ? "" : count(differing)),
    },
    {
      id: "runs",
      title: t("signals.runs", "Runs"),
      width: 44,
      align: "right",
      priority: 1,
      cell: ({ runs }) => count(runs),
    },
    {
      id: "seen",
      title: t("signals.seen", "Last seen"),
      width: 110,
      cell: ({ last_at }) => <Moment at={last_at} />,
    },
  ];
  return rows.some(({ differing }) => differing > 0) ? columns : columns.filter(({ id }) => id !== "differs");
}
