import { t } from "../../components/text";
import { NO_DATA, NOTHING } from "../../core/words";
import type { ListedSignal, RunRow, RunsAnswer } from "../../logql/ask";
import { encodeCursor } from "../query/cursor";
import { severityShown, statusShown, timeMs } from "./columns";
import { type Column, type Frame, fieldsOf } from "./frame";
import { type LinkTargets, linesLinks, runLink } from "./links";
import { cutNotices, differNotice, moreNotice } from "./notices";

/** The list of runs as a table. */
export function runsFrame({ runs, more, cursor, cut }: RunsAnswer, targets: LinkTargets): Frame {
  const differing = runs.filter(({ signals = [] }) => signals.some(isDiffering)).length;
  return {
    name: t("datasource.frame.runs", "Runs"),
    shape: "table",
    fields: fieldsOf(runs, runColumns(targets)),
    custom: { more, ...(cursor === undefined ? {} : { cursor: encodeCursor(cursor) }) },
    notices: [...moreNotice(runs.length, more), ...cutNotices(cut), ...differNotice(differing)],
  };
}

const isDiffering = ({ differs }: ListedSignal): boolean => differs !== undefined;

/** Signals that count, worst first. */
const counted = ({ signals }: RunRow): readonly ListedSignal[] | undefined => signals?.filter(({ shadow }) => !shadow);

export function runColumns(targets: LinkTargets): readonly Column<RunRow>[] {
  return [
    {
      name: "started_at",
      type: "time",
      displayName: t("datasource.column.started", "Started"),
      value: ({ run }) => timeMs(run.started_at),
    },
    {
      name: "status",
      type: "string",
      displayName: t("datasource.column.status", "Status"),
      shown: statusShown(),
      value: ({ run }) => run.status,
    },
    {
      name: "agent_id",
      type: "string",
      displayName: t("datasource.column.agent", "Agent"),
      value: ({ run }) => run.agent_id,
    },
    {
      name: "run_id",
      type: "string",
      displayName: t("datasource.column.run", "Run"),
      links: [runLink(targets, "started_at"), ...linesLinks(targets)],
      value: ({ run }) => run.run_id,
    },
    {
      name: "duration_ms",
      type: "number",
      displayName: t("datasource.column.duration", "Duration"),
      unit: "ms",
      noValue: NOTHING,
      value: ({ run }) => run.duration_ms,
    },
    ...measures(),
    ...verdicts(),
    ...identity(),
  ];
}

function measures(): readonly Column<RunRow>[] {
  const fact = { type: "number", noValue: NO_DATA } as const;
  return [
    { ...fact, name: "steps", displayName: t("datasource.column.steps", "Steps"), value: ({ run }) => run.steps },
    {
      ...fact,
      name: "llm_calls",
      displayName: t("datasource.column.llm-calls", "LLM calls"),
      value: ({ run }) => run.facts?.llm_calls,
    },
    {
      ...fact,
      name: "tool_calls",
      displayName: t("datasource.column.tool-calls", "Tool calls"),
      value: ({ run }) => run.facts?.tool_calls,
    },
    {
      ...fact,
      name: "total_tokens",
      displayName: t("datasource.column.tokens", "Tokens"),
      unit: "short",
      value: ({ run }) => run.facts?.total_tokens,
    },
    {
      ...fact,
      name: "cost_usd",
      displayName: t("datasource.column.cost", "Cost"),
      description: t("datasource.column.cost-of", "Sum over the LLM calls with a price"),
      unit: "currencyUSD",
      value: ({ run }) => run.facts?.cost_usd,
    },
    {
      ...fact,
      name: "unpriced_llm_calls",
      displayName: t("datasource.column.unpriced", "Unpriced LLM calls"),
      value: ({ run }) => run.facts?.unpriced_llm_calls,
    },
  ];
}

function verdicts(): readonly Column<RunRow>[] {
  return [
    {
      name: "severity",
      type: "string",
      displayName: t("datasource.column.worst", "Worst signal"),
      shown: severityShown(),
      value: (row) => counted(row)?.[0]?.severity,
    },
    {
      name: "failure_types",
      type: "string",
      displayName: t("datasource.column.failure-types", "Failure types"),
      value: (row) =>
        counted(row)
          ?.map(({ failure_type }) => failure_type)
          .join(", "),
    },
    {
      name: "signals",
      type: "number",
      displayName: t("datasource.column.signals", "Signals"),
      noValue: NO_DATA,
      value: (row) => counted(row)?.length,
    },
    {
      name: "differs",
      type: "string",
      displayName: t("datasource.column.differs", "Differs"),
      description: t("datasource.column.differs-of", "Where recorded and computed verdicts differ"),
      value: ({ signals = [] }) => signals.filter(isDiffering).map(differenceOf).join("; ") || undefined,
    },
  ];
}

/** `TOOL_LOOP recorded HIGH, computed clear` */
export function differenceOf({ failure_type, origin, severity, differs }: ListedSignal): string {
  const other = differs ?? "clear";
  const [recorded, computed] = origin === "recorded" ? [severity, other] : [other, severity];
  return t("datasource.difference", "{{failure_type}} recorded {{recorded}}, computed {{computed}}", {
    failure_type,
    recorded,
    computed,
  });
}

function identity(): readonly Column<RunRow>[] {
  const text = { type: "string" } as const;
  return [
    {
      ...text,
      name: "agent_version",
      displayName: t("datasource.column.version", "Version"),
      value: ({ run }) => run.agent_version,
    },
    {
      ...text,
      name: "session_id",
      displayName: t("datasource.column.session", "Session"),
      value: ({ run }) => run.session_id,
    },
    { ...text, name: "model", displayName: t("datasource.column.model", "Model"), value: ({ run }) => run.model },
    { ...text, name: "kind", displayName: t("datasource.column.kind", "Kind"), value: ({ run }) => run.kind },
    {
      ...text,
      name: "exit_reason",
      displayName: t("datasource.column.exit", "Ended by"),
      value: ({ run }) => run.error_type ?? run.exit_reason,
    },
    {
      ...text,
      name: "environment",
      displayName: t("datasource.column.environment", "Environment"),
      value: ({ run }) => run.tags?.environment,
    },
    {
      ...text,
      name: "parent_run_id",
      displayName: t("datasource.column.parent", "Parent run"),
      value: ({ run }) => run.parent_run_id,
    },
  ];
}
