import type { Run } from "../../core/run";
import { formatMicros, isRecord, type LineOf } from "../../core/wire";
import { exitReasonOf } from "../../core/words";
import type { RunDetails } from "../../logql/ask";
import { t } from "../text";

/** Something known of the run; `missing` where nothing is. */
export interface Attribute {
  /** As on the wire. */
  readonly name: string;
  readonly value: string | undefined;
}
export interface AttributeGroup {
  readonly title: string;
  readonly rows: readonly Attribute[];
}

const text = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
};

const rowsOf = (record: unknown): Attribute[] =>
  isRecord(record) ? Object.entries(record).map(([name, value]) => ({ name, value: text(value) })) : [];

/** What the first and the last line of the run say. */
function endsOf({ lines }: Pick<Run, "lines">) {
  let start: LineOf<"run.started">["payload"] | undefined;
  let end: LineOf<"run.completed">["payload"] | undefined;
  for (const line of lines) {
    if ("unknown" in line) continue;
    if (line.event_type === "run.started") start ??= line.payload;
    if (line.event_type === "run.completed" || line.event_type === "run.errored") end = line.payload;
  }
  return { start, end };
}

/** Everything known of a run besides its events, by topic. Groups without anything are left out. */
export function attributesOf({ run, unreadable, baseline }: Pick<RunDetails, "run" | "unreadable" | "baseline">) {
  const { start, end } = endsOf(run);
  const groups: readonly AttributeGroup[] = [
    {
      title: t("run.attributes.identity", "Identity"),
      rows: [
        { name: "run_id", value: run.run_id },
        { name: "agent_id", value: run.agent_id },
        { name: "agent_version", value: text(run.agent_version) },
        { name: "parent_run_id", value: text(run.parent_run_id) },
        { name: "session_id", value: text(run.session_id) },
        { name: "user_hash", value: text(run.user_hash) },
        { name: "trace_id", value: text(run.trace_id) },
        { name: "kind", value: text(run.kind) },
        { name: "model", value: text(run.model) },
      ],
    },
    {
      title: t("run.attributes.course", "Course"),
      rows: [
        { name: "status", value: run.status },
        { name: "exit_reason", value: text(run.exit_reason) },
        { name: "ended_by", value: text(run.ended) },
        { name: "why", value: exitReasonOf(run) },
        { name: "started_at", value: formatMicros(run.started_at) },
        { name: "ended_at", value: run.ended === undefined ? undefined : formatMicros(run.ended_at) },
        { name: "lines", value: String(run.lines.length) },
      ],
    },
    { title: t("run.attributes.tags", "Tags"), rows: rowsOf(run.tags) },
    {
      title: t("run.attributes.producer", "Producer"),
      rows: [
        { name: "source", value: text(run.source) },
        { name: "sdk", value: start?.sdk === undefined ? undefined : `${start.sdk.name} ${start.sdk.version}` },
        { name: "capture", value: text(run.capture) },
        { name: "hash", value: text(start?.hash) },
        { name: "tools", value: start?.tools === undefined ? undefined : start.tools.join(", ") || "none" },
        { name: "tools_count", value: text(start?.tools_count) },
        { name: "human_tools", value: start?.human_tools?.join(", ") },
      ],
    },
    {
      title: t("run.attributes.certainty", "How complete it is"),
      rows: [
        { name: "missing_lines", value: String(run.missing_lines) },
        { name: "dropped_events", value: String(run.recorded?.dropped_events ?? 0) },
        { name: "unreadable_lines", value: String(unreadable) },
        { name: "raw_content", value: run.raw_content ? "seen, not shown" : "none" },
        { name: "facts_v", value: text(run.recorded?.facts_v) },
        { name: "rules", value: text(run.recorded?.rules) },
        {
          name: "facts_differ",
          value: run.recorded?.facts === undefined ? undefined : run.facts_differ.join(", ") || "none",
        },
      ],
    },
    {
      title: t("run.attributes.recordedBaseline", "Baseline the producer used (P75)"),
      rows: rowsOf(run.recorded?.baseline),
    },
    { title: t("run.attributes.baseline", "Baseline of this page (P75)"), rows: rowsOf(baseline) },
    { title: t("run.attributes.attrs", "Attributes of the run"), rows: rowsOf({ ...start?.attrs, ...end?.attrs }) },
  ];
  return groups.filter(({ rows }) => rows.some(({ value }) => value !== undefined));
}

/** The groups with only those rows that have what is looked for. */
export function foundAttributes(
  groups: readonly AttributeGroup[],
  matches: (text: string) => boolean,
): readonly AttributeGroup[] {
  return groups
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ name, value }) => matches(`${name} ${value ?? ""}`)) }))
    .filter(({ rows }) => rows.length > 0);
}
