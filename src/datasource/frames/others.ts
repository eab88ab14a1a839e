import { t } from "../../components/text";
import { detectorOf } from "../../core/detectors";
import type { FailureType } from "../../core/wire";
import { NO_DATA } from "../../core/words";
import type { AgentRow, AgentsAnswer, RunRow, SignalRateAnswer, WhatIfAnswer } from "../../logql/ask";
import type { SignalSeries } from "../../logql/readers";
import { SEVERITY_COLOURS } from "./columns";
import { type Column, type Frame, fieldsOf } from "./frame";
import { agentLink, type LinkTargets } from "./links";
import { runColumns } from "./runs";

/** Signals over time: a frame per group, a bar per point, at the time its window ends. */
export function signalRateFrames({ series }: SignalRateAnswer): readonly Frame[] {
  return series.map(({ points, ...group }) => {
    const labels = labelsOf(group);
    const name = Object.values(labels).join(" ") || t("datasource.frame.signals", "Signals");
    return {
      name,
      shape: "series",
      fields: [
        { name: "time", type: "time", values: points.map(({ time }) => Math.round(time * 1000)) },
        {
          name: "signals",
          type: "number",
          displayName: name,
          labels,
          values: points.map(({ value }) => value),
          decimals: 0,
          bars: { colour: group.severity === undefined ? undefined : SEVERITY_COLOURS[group.severity] },
        },
      ],
    };
  });
}

function labelsOf({ agent_id, agent_version, failure_type, severity }: Omit<SignalSeries, "points">) {
  return {
    ...(agent_id === undefined ? {} : { agent_id }),
    ...(agent_version === undefined ? {} : { agent_version }),
    ...(failure_type === undefined ? {} : { failure_type }),
    ...(severity === undefined ? {} : { severity }),
  };
}

export function agentsFrame({ agents }: AgentsAnswer, targets: LinkTargets): Frame {
  return {
    name: t("datasource.frame.agents", "Agents"),
    shape: "table",
    fields: fieldsOf(agents, agentColumns(targets)),
  };
}

function agentColumns(targets: LinkTargets): readonly Column<AgentRow>[] {
  const number = { type: "number" } as const;
  return [
    {
      name: "agent_id",
      type: "string",
      displayName: t("datasource.column.agent", "Agent"),
      links: [agentLink(targets)],
      value: ({ agent_id }) => agent_id,
    },
    {
      ...number,
      name: "started",
      displayName: t("datasource.column.started-runs", "Runs started"),
      value: ({ started }) => started,
    },
    {
      ...number,
      name: "completed",
      displayName: t("datasource.column.completed", "Completed"),
      value: ({ completed }) => completed,
    },
    { ...number, name: "failed", displayName: t("datasource.column.failed", "Failed"), value: ({ failed }) => failed },
    {
      ...number,
      name: "signals",
      displayName: t("datasource.column.signals", "Signals"),
      value: ({ signals }) => signals.reduce((sum, { count }) => sum + count, 0),
    },
    {
      name: "failure_types",
      type: "string",
      displayName: t("datasource.column.failure-types", "Failure types"),
      value: ({ signals }) => signals.map(({ failure_type, count }) => `${failure_type} ${count}`).join(", "),
    },
    {
      ...number,
      name: "cost_usd",
      displayName: t("datasource.column.cost", "Cost"),
      unit: "currencyUSD",
      noValue: NO_DATA,
      value: ({ cost_usd }) => cost_usd,
    },
    {
      ...number,
      name: "average_duration_ms",
      displayName: t("datasource.column.average-duration", "Average duration"),
      unit: "ms",
      noValue: NO_DATA,
      value: ({ average_duration_ms }) => average_duration_ms,
    },
    {
      name: "last_run_at",
      type: "time",
      displayName: t("datasource.column.last-run", "Last run"),
      value: ({ last_run_at }) => (last_run_at === undefined ? undefined : Number(last_run_at / 1_000_000n)),
    },
  ];
}

type Candidate = WhatIfAnswer["candidates"][number];

/** How many runs would fire: a row per candidate, the thresholds of today first. */
export function whatIfFrame(answer: WhatIfAnswer, type: FailureType): Frame {
  const { key, label } = detectorOf(type);
  const keys = [...new Set(answer.candidates.flatMap(({ thresholds }) => Object.keys(thresholds)))];
  const columns: readonly Column<Candidate | undefined>[] = [
    {
      name: "candidate",
      type: "string",
      displayName: t("datasource.column.candidate", "Thresholds"),
      value: (candidate) => wordsOf(candidate),
    },
    ...keys.map(
      (name): Column<Candidate | undefined> => ({
        name,
        type: "number",
        value: (candidate) => candidate?.thresholds[name],
      }),
    ),
    {
      name: "fired",
      type: "number",
      displayName: t("datasource.column.fired", "Runs that fire"),
      value: (candidate) => candidate?.fired ?? answer.today,
    },
    {
      name: "share",
      type: "number",
      displayName: t("datasource.column.share", "Share"),
      unit: "percentunit",
      value: (candidate) => (answer.judged === 0 ? undefined : (candidate?.fired ?? answer.today) / answer.judged),
    },
    {
      name: "judged",
      type: "number",
      displayName: t("datasource.column.judged", "Runs judged"),
      value: () => answer.judged,
    },
    {
      name: "logql",
      type: "string",
      displayName: t("datasource.column.logql", "LogQL"),
      value: (candidate) => candidate?.logql,
    },
  ];
  return {
    name: t("datasource.frame.what-if", "What-if {{label}}", { label }),
    shape: "table",
    fields: fieldsOf(
      [undefined, ...answer.candidates.filter(({ thresholds }) => Object.keys(thresholds).length > 0)],
      columns,
    ),
    custom: { detector: key, judged: answer.judged, today: answer.today, took_ms: answer.took_ms },
  };
}

function wordsOf(candidate: Candidate | undefined): string {
  const entries = Object.entries(candidate?.thresholds ?? {});
  if (entries.length === 0) return t("datasource.what-if.today", "as today");
  return entries.map(([key, value]) => `${key} ${value ?? "off"}`).join(", ");
}

/** The runs that would fire, by candidate. */
export function whatIfRunsFrames({ candidates }: WhatIfAnswer, targets: LinkTargets): readonly Frame[] {
  return candidates.map((candidate) => {
    const rows: readonly RunRow[] = candidate.runs.map((run) => ({ run, signals: undefined }));
    return { name: wordsOf(candidate), shape: "table", fields: fieldsOf(rows, runColumns(targets)) };
  });
}
