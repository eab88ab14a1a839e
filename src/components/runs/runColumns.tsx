import type { RunRow } from "../../logql/ask";
import { listParam } from "../filters";
import type { Column } from "../table";
import { t } from "../text";
import { Moment, RunId } from "../values";
import { AgentCell, BadgesCell, DurationCell, IdCell, SeenCell, WorstCell } from "./RunCells";
import { costText, isFresh, stepsText, tokensText } from "./rowFacts";
import { StatusMark } from "./StatusMark";

export interface RunColumnsContext {
  readonly now: number;
  readonly freshMs: number;
  /** ms, of all rows shown. */
  readonly slowest: number;
  /** Rows are of one agent anyway. */
  readonly oneAgent?: boolean;
}

/** The columns of runs, in lists of every view. */
export function runColumns({ now, freshMs, slowest, oneAgent = false }: RunColumnsContext): readonly Column<RunRow>[] {
  const agent: Column<RunRow> = {
    id: "agent",
    title: t("runs.column.agent", "Agent"),
    width: 106,
    grow: 1,
    stacked: "head",
    cell: (row) => <AgentCell row={row} />,
  };
  return [
    {
      id: "status",
      title: t("runs.column.status", "Status"),
      width: 82,
      stacked: "head",
      cell: ({ run }) => <StatusMark status={run.status} detail={run.error_type ?? run.exit_reason} />,
    },
    {
      id: "run",
      title: t("runs.column.run", "Run"),
      width: 64,
      opens: true,
      stacked: "head",
      cell: ({ run }) => <RunId id={run.run_id} />,
    },
    ...(oneAgent ? [] : [agent]),
    {
      id: "seen",
      stacked: "plain",
      title: t("runs.column.seen", "Last seen"),
      width: 84,
      priority: 2,
      cell: (row) => <SeenCell row={row} fresh={isFresh(row, now, freshMs)} />,
    },
    {
      id: "started",
      stacked: "hidden",
      title: t("runs.column.started", "Started"),
      width: 84,
      priority: 9,
      cell: ({ run }) => <Moment at={run.started_at / 1000} />,
    },
    {
      id: "duration",
      stacked: "plain",
      title: t("runs.column.duration", "Duration"),
      width: 90,
      grow: 1,
      priority: 1,
      align: "right",
      cell: (row) => <DurationCell {...{ row, slowest, now }} />,
    },
    {
      id: "steps",
      stacked: "hidden",
      title: t("runs.column.steps", "Steps"),
      width: 38,
      priority: 6,
      align: "right",
      cell: ({ run }) => stepsText(run),
    },
    {
      id: "tokens",
      title: t("runs.column.tokens", "Tokens"),
      width: 48,
      priority: 5,
      align: "right",
      cell: ({ run }) => tokensText(run),
    },
    {
      id: "cost",
      title: t("runs.column.cost", "Cost"),
      width: 66,
      priority: 3,
      align: "right",
      cell: ({ run }) => costText(run),
    },
    {
      id: "signal",
      stacked: "plain",
      title: t("runs.column.signal", "Worst signal"),
      width: 158,
      grow: 3,
      cell: (row) => <WorstCell row={row} />,
    },
    {
      id: "badges",
      stacked: "plain",
      title: t("runs.column.kind", "Kind"),
      width: 114,
      priority: 7,
      cell: (row) => <BadgesCell row={row} />,
    },
    {
      id: "session",
      stacked: "hidden",
      title: t("runs.column.session", "Session"),
      width: 60,
      priority: 8,
      cell: ({ run }) => <IdCell id={run.session_id} to={(session) => ({ page: "runs", params: { session } })} />,
    },
    {
      id: "version",
      stacked: "hidden",
      title: t("runs.column.version", "Version"),
      width: 64,
      priority: 4,
      cell: ({ run }) => (
        <IdCell
          id={run.agent_version}
          to={(version) => ({
            page: "runs",
            params: { version: listParam([version]), agent: listParam([run.agent_id]) },
          })}
        />
      ),
    },
  ];
}
