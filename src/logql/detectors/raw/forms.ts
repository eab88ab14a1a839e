import { type Baseline, detectorOf, type FailureType, type Severity, type Thresholds } from "../../../core";
import { WEAK_LABELS } from "../../../core/injection/patterns";
import { COUNTED_EVENTS } from "../../../core/wire/events";
import type { LogqlText } from "../../api";
import {
  anyOf,
  isOneOf,
  labelIs,
  labelIsNot,
  numberIs,
  regexOf,
  type Stage,
  TERMINAL_EVENTS,
  where,
} from "../../builders";
import type { Literal } from "../clauses";
import { compares, matchesNot, stagesOf } from "../filters";
import { atLeastByRun, bothByRun, exceptByRun, linesByRun, type RawLines, shareByRun } from "./combine";

/** Metric queries at one instant, whose series are the runs (label `rid`) of the window. */
export interface RawOutcomes {
  readonly fires: readonly { readonly severity: Severity; readonly query: LogqlText }[];
  readonly no_data?: LogqlText | undefined;
}

export interface RawInput {
  readonly raw: RawLines;
  readonly thresholds: Thresholds;
  readonly baseline: Baseline;
}

type Ask = (input: RawInput) => RawOutcomes;

function thresholdOf(type: FailureType, thresholds: Thresholds, key: string): number {
  const value = thresholds[key] ?? detectorOf(type).defaults[key];
  if (value === undefined) throw new RangeError(`${type} has no threshold ${key}; give it a number`);
  return value;
}

const LENGTH = ["length", "max_tokens", "MAX_TOKENS"];

const truncations: Ask = ({ raw, thresholds }) => {
  const cut = linesByRun(raw, {
    events: ["llm.responded"],
    fields: { fin: "payload.finish_reason" },
    stages: [where(isOneOf("fin", LENGTH))],
  });
  const least = thresholdOf("LLM_TRUNCATION_LOOP", thresholds, "threshold");
  return { fires: [{ severity: "HIGH", query: atLeastByRun(cut, least) }] };
};

const oversized: Ask = ({ raw, thresholds }) => {
  const calls = (...stages: readonly Stage[]): LogqlText =>
    linesByRun(raw, { events: ["tool.called"], fields: { len: "payload.args_length" }, stages });
  const limit = thresholdOf("OVERSIZED_TOOL_ARGUMENTS", thresholds, "max_length");
  return {
    fires: [{ severity: "MEDIUM", query: calls(numberIs("len", ">", limit)) }],
    no_data: exceptByRun(calls(), calls(labelIsNot("len", ""))),
  };
};

const inflation: Ask = ({ raw, thresholds, baseline }) => {
  const fields = { step: "step_index" };
  if (baseline.steps === undefined) return { fires: [], no_data: linesByRun(raw, { events: COUNTED_EVENTS }) };
  const limit = baseline.steps * thresholdOf("STEP_COUNT_INFLATION", thresholds, "inflation_factor");
  const beyond = linesByRun(raw, { events: COUNTED_EVENTS, fields, stages: [numberIs("step", ">", limit)] });
  return { fires: [{ severity: "MEDIUM", query: beyond }] };
};

/** A list of weak labels alone, as JSON, or none. */
const WEAK_ONLY = (() => {
  const label = `"(?:${[...WEAK_LABELS].map(regexOf).join("|")})"`;
  return `(?:\\[\\s*(?:${label}(?:\\s*,\\s*${label})*)?\\s*\\])?`;
})();

const injection: Ask = ({ raw }) => {
  const inputs = (...stages: readonly Stage[]): LogqlText =>
    linesByRun(raw, {
      events: ["run.started", "input.received"],
      fields: {
        count: "payload.injection_signal.matched_pattern_count",
        labels: "payload.injection_signal.matched_patterns",
        hash: "payload.input_hash",
        // Python 0.4 and later may write the input itself in place of its hash.
        raw: "payload.input_text",
      },
      stages,
    });
  const matched = numberIs("count", ">=", 1);
  const sure = inputs(matched, where(anyOf([matchesNot("labels", WEAK_ONLY), compares("count", ">=", 2)])));
  const seen = [isEmpty("count", false), isEmpty("raw", false)];
  const scanned = stagesOf([
    [...seen, isEmpty("hash", false)],
    [...seen, { kind: "list", label: "hash", is: false, values: NOTHING_HASHED }],
  ]);
  return {
    fires: [
      { severity: "CRITICAL", query: sure },
      { severity: "MEDIUM", query: exceptByRun(inputs(matched), sure) },
    ],
    no_data: exceptByRun(linesByRun(raw, { events: COUNTED_EVENTS }), inputs(...scanned)),
  };
};

/** Hashes that say that there was no input: those of "", {}, [], null and None. */
const NOTHING_HASHED = [
  "e3b0c44298fc1c14",
  "44136fa355b3678a",
  "4f53cda18c2baa0c",
  "74234e98afe7498f",
  "dc937b59892604f5",
];

const retrievals: Ask = ({ raw, thresholds }) => {
  const fields = { found: "payload.result_count", score: "payload.top_score" };
  const answers = (...stages: readonly Stage[]): LogqlText =>
    linesByRun(raw, { events: ["retrieval.responded"], fields, stages });
  const unknown = exceptByRun(linesByRun(raw, { events: ["retrieval.called"] }), answers(labelIsNot("found", "")));
  const few: Literal = {
    kind: "number",
    label: "found",
    op: "<",
    value: thresholdOf("RAG_EMPTY_RETRIEVAL", thresholds, "min_results"),
  };
  const bad = answers(...(thresholds.min_score === undefined ? guarded(few) : eitherNumber(few, thresholds.min_score)));
  const answered = linesByRun(raw, {
    events: TERMINAL_EVENTS,
    fields: { exit: "payload.exit_reason" },
    stages: [labelIs("exit", "final_answer")],
  });
  const fires = bothByRun(bad, answered);
  return { fires: [{ severity: "MEDIUM", query: exceptByRun(fires, unknown) }], no_data: unknown };
};

const isEmpty = (label: string, is: boolean): Literal => ({ kind: "text", label, is, value: "" });

function guarded(few: Literal): readonly Stage[] {
  return stagesOf([[isEmpty(few.label, false)], [few]]);
}

/** Few results or a low score, each of which may be missing. */
function eitherNumber(few: Literal, min_score: number): readonly Stage[] {
  const low: Literal = { kind: "number", label: "score", op: "<", value: min_score };
  const [noCount, noScore] = [isEmpty("found", true), isEmpty("score", true)];
  const [count, score] = [isEmpty("found", false), isEmpty("score", false)];
  return stagesOf([
    [count, score],
    [count, noScore, low],
    [noCount, score, few],
    [noCount, noScore, few, low],
  ]);
}

const failures: Ask = ({ raw, thresholds }) => {
  const calls = linesByRun(raw, { events: ["tool.called"] });
  const failed = linesByRun(raw, {
    events: ["tool.responded"],
    fields: { ok: "payload.success" },
    stages: [labelIs("ok", "false")],
  });
  const least = Math.max(1, thresholdOf("FAILURE_SHARE", thresholds, "min_calls"));
  // The fact is rounded to four decimals before it is compared.
  const share = Math.ceil(thresholdOf("FAILURE_SHARE", thresholds, "share") * 10_000) / 10_000 - 0.00005;
  const query = bothByRun(atLeastByRun(shareByRun(failed, calls), share), atLeastByRun(calls, least));
  return { fires: [{ severity: "MEDIUM", query }] };
};

export type Producer = "schema" | "python";

export interface RawForm {
  readonly ask: Ask;
  /** It joins series by run, which a real Loki does and the embedded store refuses by name. */
  readonly joins: boolean;
  /**
   * On whose lines it says just what the rule says: lines with `schema`, or those of the Python package. Measured; the
   * agreement test fails when it is not so.
   */
  readonly exactFor: readonly Producer[];
}

const BOTH = ["schema", "python"] as const;

/** Detectors that have a form over raw events. The others depend on the order of events, on turns, pairs or prices. */
export const RAW_FORMS: Readonly<Partial<Record<FailureType, RawForm>>> = {
  PROMPT_INJECTION_SIGNAL: { ask: injection, joins: true, exactFor: BOTH },
  RAG_EMPTY_RETRIEVAL: { ask: retrievals, joins: true, exactFor: BOTH },
  LLM_TRUNCATION_LOOP: { ask: truncations, joins: false, exactFor: BOTH },
  STEP_COUNT_INFLATION: { ask: inflation, joins: false, exactFor: BOTH },
  FAILURE_SHARE: { ask: failures, joins: true, exactFor: BOTH },
  // Python 0.4 and later write the arguments themselves in place of their length.
  OVERSIZED_TOOL_ARGUMENTS: { ask: oversized, joins: true, exactFor: ["schema"] },
};
