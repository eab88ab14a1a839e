import { HEADLINE, selectSignals } from "../../core/judging";
import { shortDuration } from "../../core/words";
import type { FoundRun } from "../judging/findRun";
import { detectorTable } from "./detectorTable";
import { eventLog } from "./eventLog";
import { whatHappened } from "./findings";
import { type ChildRun, runHeader } from "./runHeader";
import { sanitise, shortId } from "./sanitise";
import { type RunLayout, type RunSections, TITLES } from "./sections";
import { severityLabel, severityText } from "./severity";
import { stepTable } from "./steps";
import { type Column, table } from "./table";
import { timeline } from "./timeline";
import { truncate } from "./width";

/** One run for people: who, what happened, when, step by step. */
export function runReport({ judged, children }: FoundRun, wanted: RunSections, layout: RunLayout): string[] {
  const { style, columns } = layout;
  const { run } = judged;
  const sections: [title: string, lines: readonly string[]][] = [
    [TITLES.happened, whatHappened(judged, wanted.fixes === true, layout)],
    [TITLES.timeline, timeline(run, selectSignals(judged.signals, HEADLINE), style, { columns })],
    [TITLES.steps, run.steps.length === 0 ? [] : stepTable(run, wanted.steps === true, layout)],
    [TITLES.nested, childTable(children, layout)],
    [TITLES.facts, wanted.facts === true ? detectorTable(judged, layout) : []],
    [TITLES.lines, wanted.lines === true ? eventLog(run, layout) : []],
  ];
  const lines = runHeader(run, style, columns);
  for (const [title, body] of sections) if (body.length > 0) lines.push("", style.bold(title), ...body);
  return lines;
}

function childTable(children: readonly ChildRun[], { style, columns }: RunLayout): string[] {
  if (children.length === 0) return [];
  const layout: Column<ChildRun>[] = [
    { title: "RUN", value: (child) => shortId(child.run_id) },
    { title: "STATUS", value: (child) => child.status, paint: (text, child) => style.status[child.status](text) },
    { title: "DURATION", value: (child) => shortDuration(child.duration_ms), align: "right" },
    { title: "AGENT", value: (child) => sanitise(child.agent_id), shrinksTo: 12, isName: true },
  ];
  return table(layout, children, {
    columns,
    paintTitle: style.dim,
    below: ({ worst }) => {
      if (worst === undefined) return [];
      const signal = { ...worst, shadow: false };
      const space = columns - 4 - severityText(signal).length;
      return [`  ${severityLabel(signal, style)}  ${truncate(sanitise(worst.title), space)}`];
    },
  });
}
