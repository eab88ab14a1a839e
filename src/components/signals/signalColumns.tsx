import { detectorOf } from "../../core/detectors";
import type { SignalItem } from "../../logql/ask";
import { SeverityBadge } from "../severity";
import { stepsOf } from "../signalCard";
import type { Column } from "../table";
import { t } from "../text";
import { Moment, RunId } from "../values";
import { differWords } from "./differWords";
import { runTarget } from "./runTarget";
import { Version } from "./Version";

/** The columns of single signals; the other verdict only where there is one. */
export function signalColumns(signals: readonly SignalItem[]): readonly Column<SignalItem>[] {
  const columns: Column<SignalItem>[] = [
    {
      id: "severity",
      title: t("signals.severity", "Severity"),
      width: 90,
      stacked: "head",
      cell: ({ severity, shadow }) => <SeverityBadge severity={severity} shadow={shadow} />,
    },
    {
      id: "agent",
      title: t("signals.agent", "Agent"),
      width: 120,
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
      cell: ({ title }) => <span title={title}>{title}</span>,
    },
    {
      id: "type",
      title: t("signals.type", "Failure"),
      width: 120,
      priority: 3,
      cell: ({ failure_type }) => detectorOf(failure_type).label,
    },
    {
      id: "differs",
      title: t("signals.differs", "Other verdict"),
      width: 130,
      priority: 4,
      cell: (signal) => differWords(signal),
    },
    {
      id: "version",
      title: t("signals.version", "Version"),
      width: 76,
      priority: 5,
      cell: ({ agent_version = "" }) => <Version version={agent_version} />,
    },
    {
      id: "run",
      title: t("signals.run", "Run"),
      width: 130,
      cell: (signal) => (
        <>
          <RunId id={signal.run_id} to={runTarget(signal)} /> {stepsOf(signal)}
        </>
      ),
    },
    {
      id: "at",
      title: t("signals.at", "When"),
      width: 120,
      cell: ({ at, phase }) => (
        <>
          <Moment at={at} /> {phase === "live" && t("signals.live", "(live)")}
        </>
      ),
    },
  ];
  return signals.some(({ differs }) => differs !== undefined) ? columns : columns.filter(({ id }) => id !== "differs");
}
