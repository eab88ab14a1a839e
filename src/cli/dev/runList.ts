import { type RunRow, runColumns } from "../output/runsTable";
import { severityText } from "../output/severity";
import type { Style } from "../output/style";
import { type Column, table } from "../output/table";
import type { LiveRun } from "./liveRun";

interface LiveRow extends Omit<RunRow, "worst" | "others"> {
  readonly run: LiveRun;
}

const rowOf =
  (now: number) =>
  (run: LiveRun): LiveRow => {
    // Of a run that goes on only what is certain is shown; it needs no rebuilding at every frame.
    const facts = run.status === "running" ? run.facts : run.judged().run.facts;
    return {
      run,
      run_id: run.run_id,
      agent_id: run.agent_id,
      status: run.status,
      started_at: run.started_at,
      facts: { ...facts, duration_ms: run.durationMs(now) },
    };
  };

/** `▲ HIGH +1` of the signals told so far. */
function toldText({ told: { worst, count } }: LiveRun): string {
  if (worst === undefined) return "";
  return `${severityText({ ...worst, shadow: false })}${count > 1 ? ` +${count - 1}` : ""}`;
}

/** Cells that columns take even while their values are short. */
const LEAST: Readonly<Record<string, number>> = { STATUS: 9, TOKENS: 7, COST: 7, SIGNALS: 10 };

/** The title line and one line per run. Widths are those of all runs, so that scrolling moves no column. */
export function runList(
  runs: readonly LiveRun[],
  now: number,
  layout: { readonly style: Style; readonly columns: number },
): string[] {
  const { style } = layout;
  const columns: Column<LiveRow>[] = [
    ...runColumns<LiveRow>(layout),
    {
      title: "SIGNALS",
      value: ({ run }) => toldText(run),
      paint: (text, { run }) => (run.told.worst === undefined ? text : style.severity[run.told.worst.severity](text)),
    },
  ];
  const steady = columns.map((column) => ({ ...column, least: LEAST[column.title] ?? 0 }));
  return table(steady, runs.map(rowOf(now)), { columns: layout.columns, paintTitle: style.dim, gap: 1 });
}
