import { t } from "../../components/text";
import type { Step } from "../../core/run";
import { knownOf, stepName } from "../../core/words";
import type { RunAnswer, RunDetails } from "../../logql/ask";
import { timeMs } from "./columns";
import { type Column, type Frame, type FrameNotice, fieldsOf } from "./frame";
import { levelText, lineText } from "./lineText";
import { cutNotices } from "./notices";

/** The steps of a run as a table. */
export function stepsFrame(found: RunDetails, cut: RunAnswer["cut"]): Frame {
  return {
    name: t("datasource.frame.steps", "Steps"),
    shape: "table",
    fields: fieldsOf(found.run.steps, stepColumns()),
    custom: customOf(found),
    notices: runNotices(found, cut),
  };
}

function stepColumns(): readonly Column<Step>[] {
  return [
    {
      name: "start",
      type: "time",
      displayName: t("datasource.column.start", "Start"),
      value: ({ start }) => timeMs(start),
    },
    {
      name: "step_index",
      type: "number",
      displayName: t("datasource.column.step", "Step"),
      value: ({ step_index }) => step_index,
    },
    { name: "kind", type: "string", displayName: t("datasource.column.kind", "Kind"), value: ({ kind }) => kind },
    { name: "name", type: "string", displayName: t("datasource.column.name", "Name"), value: stepName },
    {
      name: "duration_ms",
      type: "number",
      displayName: t("datasource.column.duration", "Duration"),
      unit: "ms",
      value: ({ duration_ms }) => duration_ms,
    },
    {
      name: "outcome",
      type: "string",
      displayName: t("datasource.column.outcome", "Outcome"),
      shown: {
        failed: { text: t("datasource.outcome.failed", "✕ failed"), colour: "red" },
        ok: { text: t("datasource.outcome.ok", "✓ ok"), colour: "green" },
        unanswered: { text: t("datasource.outcome.unanswered", "– no answer"), colour: "orange" },
      },
      value: ({ failed, answered }) => (failed ? "failed" : answered ? "ok" : "unanswered"),
    },
    { name: "turn", type: "number", displayName: t("datasource.column.turn", "Turn"), value: ({ turn }) => turn },
    {
      name: "known",
      type: "string",
      displayName: t("datasource.column.known", "What is known"),
      value: (step) => knownOf(step).join(" · "),
    },
  ];
}

/** The lines of a run as Grafana's log frames: a panel can rebuild the run from `body`. */
export function linesFrame(found: RunDetails, cut: RunAnswer["cut"]): Frame {
  const { lines, agent_id, run_id } = found.run;
  const times = lines.map(({ time, written }) => written ?? time);
  return {
    name: t("datasource.frame.lines", "Lines"),
    shape: "logs",
    fields: [
      {
        name: "timestamp",
        type: "time",
        values: times.map((time) => Math.floor(time / 1000)),
        nanos: times.map((time) => (time % 1000) * 1000),
      },
      { name: "body", type: "string", values: lines.map(lineText) },
      { name: "severity", type: "string", values: lines.map(levelText) },
      { name: "id", type: "string", values: lines.map(({ seq }, at) => `${run_id}_${seq ?? "x"}_${at}`) },
      { name: "labels", type: "other", values: lines.map(({ event_type }) => ({ agent_id, event_type })) },
    ],
    custom: customOf(found),
    notices: runNotices(found, cut),
  };
}

/** What panels may want to know of the run beside its rows; plain JSON. */
function customOf({ run, logql }: RunDetails): Record<string, unknown> {
  const { run_id, agent_id, status, started_at, ended_at } = run;
  return { run_id, agent_id, status, started_at: timeMs(started_at), ended_at: timeMs(ended_at), logql };
}

export function runNotices({ run, unreadable }: RunDetails, cut: RunAnswer["cut"]): readonly FrameNotice[] {
  const notices: FrameNotice[] = [...cutNotices(cut)];
  if (run.missing_lines > 0) {
    const text = t("datasource.run.missing", "{{count}} lines of this run are missing.", { count: run.missing_lines });
    notices.push({ severity: "warning", text });
  }
  if (unreadable > 0) {
    const text = t("datasource.run.unreadable", "{{count}} lines that name this run cannot be read.", {
      count: unreadable,
    });
    notices.push({ severity: "warning", text });
  }
  return notices;
}

/** What stands where no line of the run was found. */
export function noRunFrame(runId: string): Frame {
  const text = t(
    "datasource.run.none",
    "No line of the run {{runId}} lies in this time range: widen it, or check the id.",
    { runId },
  );
  return {
    name: t("datasource.frame.steps", "Steps"),
    shape: "table",
    fields: [],
    notices: [{ severity: "warning", text }],
  };
}
