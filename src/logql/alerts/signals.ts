import { FAILURE_TYPES, type FailureType, SEVERITIES, type Severity, severityRank } from "../../core/wire";
import type { LogqlText } from "../api";
import { quoted } from "../builders/compose/escape";
import { aggregate, countOverTime, overTime } from "../builders/compose/metrics";
import { selector } from "../builders/compose/selector";
import { containsValue, json, labelIn, labelIs, labelIsNot, pipeline, type Stage } from "../builders/compose/stages";
import { events } from "../builders/fields";
import { severitiesFrom } from "../builders/filter";
import type { Scope } from "../builders/scope";
import { type AgentSet, agentSetMatchers } from "./agentSet";
import { above, highestBy, labelFormat, labelNotIn } from "./compose";

/** How far back an alert on signals looks: longer than evaluation and shipping take together, ms. */
export const SIGNAL_WINDOW_MS = 60_000;
/** A signal's own annotations are looked for a little longer, so that they outlive its instance, ms. */
const ANNOTATION_WINDOW_MS = 300_000;
/** What identifies an instance; its severity is the highest of the window. */
const IDENTITY = ["agent_id", "failure_type", "run_id"] as const;
const INSTANCE = ["agent_id", "failure_type", "severity", "run_id"] as const;

const PATHS = {
  rid: "run_id",
  ftype: "payload.failure_type",
  sev: "payload.severity",
  phs: "payload.phase",
  shd: "payload.shadow",
  ttl: "payload.title",
  evid: "payload.evidence",
} as const;

/** Orders severities: Loki compares numbers only. */
const RANK = `${SEVERITIES.slice(1)
  .reverse()
  .map((severity) => `{{ if eq .severity "${severity}" }}${severityRank(severity) + 1}{{ else }}`)
  .join("")}1${"{{ end }}".repeat(SEVERITIES.length - 1)}`;

export interface SignalAlert {
  /** Undefined stands for the types this version does not know. */
  readonly type: FailureType | undefined;
  readonly agents: AgentSet;
  readonly least: Severity;
  /** Default: a minute. */
  readonly windowMs?: number | undefined;
}

/** Stages that keep the signals of an alert: live and final ones, provisional ones too, never shadow ones. */
function kept({ type, least }: Pick<SignalAlert, "type" | "least">): Stage[] {
  return [
    type === undefined ? labelNotIn("ftype", FAILURE_TYPES) : labelIs("ftype", type),
    labelIn("sev", severitiesFrom(least)),
    labelIs("shd", "false"),
    labelIsNot("rid", ""),
  ];
}

function detected(scope: Scope, alert: SignalAlert): { lines: LogqlText; needles: Stage[] } {
  const lines = selector(scope, [...agentSetMatchers(alert.agents), ...events("signal.detected")]);
  return { lines, needles: alert.type === undefined ? [] : [containsValue(alert.type)] };
}

/**
 * Which runs have a signal now? One series per run and type, labelled agent_id, failure_type, severity and run_id; its
 * value is the rank of the severity, 1 for LOW to 4 for CRITICAL. A signal whose severity rises within the window
 * counts with the highest only, so that a run has one instance per type.
 *
 * Its series are limited by `max_query_series` (500 by default): signalled runs per type and minute.
 *
 * @example signalAlert({}, { type: "TOOL_LOOP", agents: ALL_AGENTS, least: "HIGH" })
 */
export function signalAlert(scope: Scope, alert: SignalAlert): LogqlText {
  const { lines, needles } = detected(scope, alert);
  const { rid, ftype, sev, shd } = PATHS;
  const ranked = pipeline(
    lines,
    ...needles,
    json({ rid, ftype, sev, shd }),
    ...kept(alert),
    labelFormat({ run_id: "rid", failure_type: "ftype", severity: "sev" }),
    labelFormat({}, { rank: RANK }),
  );
  const windowMs = alert.windowMs ?? SIGNAL_WINDOW_MS;
  return highestBy(IDENTITY, aggregate("max", overTime("max", ranked, "rank", { windowMs }), INSTANCE));
}

/**
 * What do the signals of an alert say? Series labelled like the alert's, with title and evidence (as JSON) besides:
 * titles change as a run goes on, so they must not identify an instance.
 */
export function signalTexts(scope: Scope, alert: SignalAlert): LogqlText {
  const { lines, needles } = detected(scope, alert);
  const { rid, ftype, sev, shd, ttl, evid } = PATHS;
  const told = pipeline(
    lines,
    ...needles,
    json({ rid, ftype, sev, shd, ttl, evid }),
    ...kept(alert),
    labelFormat({ run_id: "rid", failure_type: "ftype", severity: "sev", title: "ttl", evidence: "evid" }),
  );
  const windowMs = alert.windowMs ?? SIGNAL_WINDOW_MS;
  return aggregate("sum", countOverTime(told, { windowMs }), [...INSTANCE, "title", "evidence"]);
}

/** Values that a format leaves open, in the order of their places in the query. */
const OPEN_VALUES = {
  agent_id: "\u0001agent_id",
  run_id: "\u0001run_id",
  failure_type: "\u0001failure_type",
  severity: "\u0001severity",
} as const;

/**
 * The same for one run, as a format of Go's `printf` whose four `%q` take agent_id, run_id, failure_type and severity: Go's quoted
 * strings are LogQL's. The ruler's templates ask it, since they know the labels of the alert only.
 */
export function signalTextsFormat(scope: Scope): string {
  const { rid, ftype, sev, ttl, evid } = PATHS;
  const agent = { name: "agent_id", op: "=", value: OPEN_VALUES.agent_id } as const;
  const told = pipeline(
    selector(scope, [agent, ...events("signal.detected")]),
    json({ rid, ftype, sev, ttl, evid }),
    labelIs("rid", OPEN_VALUES.run_id),
    labelIs("ftype", OPEN_VALUES.failure_type),
    labelIs("sev", OPEN_VALUES.severity),
    labelFormat({ title: "ttl", evidence: "evid" }),
  );
  const query = aggregate("sum", countOverTime(told, { windowMs: ANNOTATION_WINDOW_MS }), ["title", "evidence"]);
  return Object.values(OPEN_VALUES).reduce(
    (text, value) => text.replace(quoted(value), "%q"),
    query.replaceAll("%", "%%"),
  );
}

/**
 * Which agents fail so much that single runs no longer matter? Final signals per agent and type in a minute above
 * `runs`. It has no series per run: where `signalAlert` meets Loki's limit of series, this one still answers.
 */
export function signalStorm(scope: Scope, least: Severity, runs: number): LogqlText {
  const { ftype, sev, shd, phs } = PATHS;
  const lines = pipeline(
    selector(scope, events("signal.detected")),
    json({ ftype, sev, shd, phs }),
    labelIs("phs", "final"),
    labelIn("sev", severitiesFrom(least)),
    labelIs("shd", "false"),
    labelFormat({ failure_type: "ftype" }),
  );
  const counted = countOverTime(lines, { windowMs: SIGNAL_WINDOW_MS });
  return above(aggregate("sum", counted, ["agent_id", "failure_type"]), runs);
}
