import { DEFAULT_SETTINGS, type Thresholds } from "../../core/detectors";
import { WEAK_LABELS } from "../../core/injection/patterns";
import type { EventType, FailureType, Severity } from "../../core/wire";
import type { LogqlText } from "../api";
import { aggregate, countOverTime } from "../builders/compose/metrics";
import { selector } from "../builders/compose/selector";
import {
  anyOf,
  is,
  isNot,
  isOneOf,
  type JsonPath,
  json,
  labelIn,
  labelIs,
  labelIsNot,
  numberIs,
  pipeline,
  type Stage,
  where,
} from "../builders/compose/stages";
import { events, TERMINAL_EVENTS } from "../builders/fields";
import type { Scope } from "../builders/scope";
import { type AgentSet, agentSetMatchers } from "./agentSet";
import { anyMetric, both, labelFormat, noneOf, numberIsAtLeast } from "./compose";
import { SIGNAL_WINDOW_MS } from "./signals";

/** First 16 hex of the SHA-256 of no text: only with it a length of 0 is known, on lines without `schema`. */
const HASH_OF_NOTHING = "e3b0c44298fc1c14";
/** What providers call the end of an answer; producers without `schema` write it as it comes. */
const STOPPED = ["stop", "end_turn", "STOP"];
/** Five times over its limit a slow step is HIGH. */
const FAR_TOO_SLOW = 5;

/**
 * An alert on plain events, for producers that write no signals. Only conditions on single lines: then only runs that
 * match become series, and any number of others costs nothing.
 */
export interface RawAlert {
  /** Of lower-case letters, digits and hyphens; the same from version to version. */
  readonly name: string;
  readonly type: FailureType;
  readonly severity: Severity;
  /** For people. */
  readonly title: string;
  /** One sentence: what the line said. */
  readonly evidence: string;
  readonly events: readonly EventType[];
  readonly paths: Readonly<Record<string, JsonPath>>;
  conditions(thresholds: Thresholds): readonly Stage[];
}

/** Terminal lines without facts, or other lines without `schema`: nobody else will report these runs. */
function withoutSignals(alert: RawAlert): readonly [Readonly<Record<string, JsonPath>>, Stage] {
  const isTerminal = alert.events.every((type) => TERMINAL_EVENTS.some((terminal) => terminal === type));
  return isTerminal ? [{ fv: "payload.facts_v" }, labelIs("fv", "")] : [{ scm: "schema" }, labelIs("scm", "")];
}

const emptyAnswer = both(isOneOf("fin", STOPPED), both(is("olen", "0"), is("ohash", HASH_OF_NOTHING)));
const ANSWER = { fin: "payload.finish_reason", olen: "payload.output_length", ohash: "payload.output_hash" };
const INJECTION = {
  cnt: "payload.injection_signal.matched_pattern_count",
  pat: "payload.injection_signal.matched_patterns",
};
/** Lists of one pattern, as they stand in the line, that are no strong sign. */
const WEAK_LISTS = [...WEAK_LABELS].map((label) => JSON.stringify([label]));

const limit = (type: FailureType, key: string, thresholds: Thresholds): number =>
  thresholds[key] ?? DEFAULT_SETTINGS[type].thresholds[key] ?? Number.NaN;

function slow(severity: "HIGH" | "LOW", key: "tool_ms" | "llm_ms", types: readonly EventType[]): RawAlert {
  const far = severity === "HIGH";
  const call = key === "llm_ms" ? "LLM call" : "tool call";
  const what = key === "llm_ms" ? "An LLM call" : "A tool call or retrieval";
  return {
    name: `${far ? "very-slow" : "slow"}-${call.toLowerCase().replace(" ", "-")}`,
    title: `${far ? "Very slow" : "Slow"} ${call}, from events`,
    type: "SLOW_STEP",
    severity,
    evidence: `${what} took ${far ? `at least ${FAR_TOO_SLOW} times its limit` : "longer than its limit"}.`,
    events: types,
    paths: { lat: "payload.latency_ms" },
    conditions(thresholds) {
      const most = limit("SLOW_STEP", key, thresholds);
      if (far) return [numberIs("lat", ">=", most * FAR_TOO_SLOW)];
      return [numberIs("lat", ">", most), numberIs("lat", "<", most * FAR_TOO_SLOW)];
    },
  };
}
const TOOL_ANSWERS = ["tool.responded", "retrieval.responded"] as const;

/** All there are; most detectors need more than one line of a run, and are left to the read-time rebuild. */
export const RAW_ALERTS: readonly RawAlert[] = [
  {
    name: "empty-answer",
    title: "Empty answer, from events",
    type: "EMPTY_LLM_RESPONSE",
    severity: "HIGH",
    evidence: "An answer ended normally with no text.",
    events: ["llm.responded"],
    paths: ANSWER,
    conditions: () => [where(emptyAnswer)],
  },
  {
    name: "injection-strong",
    title: "Strong prompt injection, from events",
    type: "PROMPT_INJECTION_SIGNAL",
    severity: "CRITICAL",
    evidence: "The input matched a strong injection pattern, or several patterns.",
    events: ["run.started", "input.received"],
    paths: INJECTION,
    conditions: () => [
      labelIsNot("cnt", ""),
      where(anyOf([numberIsAtLeast("cnt", 2), both(isNot("pat", ""), noneOf("pat", WEAK_LISTS))])),
    ],
  },
  {
    name: "injection-weak",
    title: "Weak prompt injection, from events",
    type: "PROMPT_INJECTION_SIGNAL",
    severity: "MEDIUM",
    evidence: "The input matched one weak injection pattern.",
    events: ["run.started", "input.received"],
    paths: INJECTION,
    conditions: () => [numberIs("cnt", "==", 1), labelIn("pat", WEAK_LISTS)],
  },
  slow("HIGH", "tool_ms", TOOL_ANSWERS),
  slow("HIGH", "llm_ms", ["llm.responded"]),
  slow("LOW", "tool_ms", TOOL_ANSWERS),
  slow("LOW", "llm_ms", ["llm.responded"]),
  {
    name: "first-step",
    title: "First step failure, from events",
    type: "FIRST_STEP_FAILURE",
    severity: "MEDIUM",
    evidence: "The run failed, or a call of it, within its first steps.",
    events: ["run.errored", "tool.responded", "llm.responded"],
    paths: { ...ANSWER, stp: "step_index", ok: "payload.success", xr: "payload.exit_reason" },
    conditions: (thresholds) => [
      numberIs("stp", "<=", limit("FIRST_STEP_FAILURE", "max_step", thresholds)),
      where(
        anyOf([both(is("event_type", "run.errored"), isNot("xr", "policy_violation")), is("ok", "false"), emptyAnswer]),
      ),
    ],
  },
  {
    name: "runaway",
    title: "Runaway iteration, from events",
    type: "RUNAWAY_ITERATION",
    severity: "MEDIUM",
    evidence: "The run took very many steps and gave no final answer.",
    events: TERMINAL_EVENTS,
    paths: { stp: "step_index", xr: "payload.exit_reason" },
    conditions: (thresholds) => [
      numberIs("stp", ">=", limit("RUNAWAY_ITERATION", "max_steps", thresholds)),
      labelIsNot("xr", "final_answer"),
    ],
  },
];

/** Agents that go by the same thresholds. */
export interface RawAlertPart {
  readonly agents: AgentSet;
  readonly thresholds: Thresholds;
}

/**
 * Which runs of producers without signals match now? One series per run, labelled agent_id and run_id.
 *
 * @param parts sets of agents that have none in common
 */
export function rawAlert(scope: Scope, alert: RawAlert, parts: readonly RawAlertPart[]): LogqlText {
  const [paths, guard] = withoutSignals(alert);
  const metrics = parts.map(({ agents, thresholds }) => {
    const lines = pipeline(
      selector(scope, [...agentSetMatchers(agents), ...events(...alert.events)]),
      json({ rid: "run_id", ...paths, ...alert.paths }),
      guard,
      ...alert.conditions(thresholds),
      labelFormat({ run_id: "rid" }),
    );
    return aggregate("sum", countOverTime(lines, { windowMs: SIGNAL_WINDOW_MS }), ["agent_id", "run_id"]);
  });
  return anyMetric(metrics);
}
