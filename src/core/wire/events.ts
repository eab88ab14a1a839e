import { FACT_FIELDS } from "../facts/facts";
import {
  boolean,
  type Fields,
  type Infer,
  integer,
  json,
  nullableNumber,
  number,
  object,
  oneOf,
  optional,
  partial,
  rawText,
  scalars,
  string,
  strings,
} from "./fields";
import {
  CAPTURE_MODES,
  EXIT_REASONS,
  FAILURE_TYPES,
  type FailureType,
  FINISH_REASONS,
  HASH_MODES,
  SEVERITIES,
  type Severity,
} from "./terms";

const errorFields = {
  error_hash: optional(string("hash of the error text")),
  error_type: optional(string("class or code of the error")),
};
const injectionSignal = object(
  {
    matched_pattern_count: integer("how many of the 18 patterns matched"),
    matched_patterns: strings("up to five labels, strong ones first"),
    input_length: integer("length of the scanned input, UTF-16 code units"),
  },
  "injection patterns found in the input before it was hashed",
);

/** What a producer finally said of one failure type. */
export interface RecordedVerdict {
  severity: Severity;
  confidence: number;
  shadow: boolean;
  /** What the rule alone said, before co-firing and overrides. */
  base_severity: Severity;
}

const runEnd = {
  total_steps: optional(integer("highest step of the run")),
  exit_reason: optional(oneOf(EXIT_REASONS, "why the run ended")),
  tool_call_count: optional(integer("tool calls of the run")),
  duration_ms: optional(integer("first to last event")),
  facts: optional(object(partial(FACT_FIELDS), "everything the rules know of the run")),
  facts_v: optional(integer("version of the set of facts")),
  rules: optional(string("first 8 hex of the SHA-256 of the effective thresholds and shadow flags")),
  baseline: optional(json<Record<string, number>>("the baseline values the rules used")),
  signals: optional(
    json<Partial<Record<FailureType, RecordedVerdict>>>("the producer's final verdict by failure type"),
  ),
  dropped_events: optional(integer("events of this run the producer had to drop")),
  attrs: optional(scalars("attributes of the run")),
};

/** The payload of each event, keys in wire order. */
export const PAYLOAD_FIELDS = {
  "run.started": {
    input_hash: optional(string('hash of the first user input, "" when there was none')),
    input_length: optional(integer("length of the first user input")),
    model: optional(string("declared model")),
    tools: optional(strings("declared tools, [] when there are none, absent when unknown")),
    tools_count: optional(integer("number of declared tools where the list was cut")),
    human_tools: optional(strings("tools that wait for a person")),
    injection_signal: optional(injectionSignal),
    capture: optional(oneOf(CAPTURE_MODES, "what of the content leaves the process")),
    hash: optional(oneOf(HASH_MODES, "plain or keyed hashes")),
    sdk: optional(object({ name: string("producer"), version: string("its version") }, "what wrote the line")),
    source: optional(string("otlp, langchain, haystack …")),
    kind: optional(string("run, openai, mcp …")),
    attrs: optional(scalars("attributes of the run")),
    input_text: rawText("the user input"),
  },
  "input.received": {
    input_hash: optional(string("hash of a further user input")),
    input_length: optional(integer("its length")),
    injection_signal: optional(injectionSignal),
    input_text: rawText("the user input"),
  },
  "llm.called": {
    model: optional(string("requested model")),
    prompt_tokens: optional(integer("prompt tokens, where known before the answer")),
    provider: optional(string("provider of the model")),
    streaming: optional(boolean("the answer is streamed")),
    prompt_name: optional(string("name of the managed prompt")),
    prompt_version: optional(string("version of the managed prompt")),
  },
  "llm.responded": {
    model: optional(string("model that answered")),
    prompt_tokens: optional(integer("prompt tokens, cached parts included")),
    completion_tokens: optional(integer("completion tokens, reasoning included")),
    cache_read_tokens: optional(integer("prompt tokens read from the cache")),
    cache_write_tokens: optional(integer("prompt tokens written to the cache")),
    reasoning_tokens: optional(integer("reasoning tokens inside completion_tokens")),
    latency_ms: optional(integer("duration of the call")),
    first_token_ms: optional(integer("time to the first token")),
    finish_reason: optional(oneOf(FINISH_REASONS, "why the model stopped")),
    tool_call_count: optional(integer("tool calls in the answer")),
    output_hash: optional(string("hash of the answer's text")),
    output_length: optional(integer("length of the answer's text")),
    ...errorFields,
    cost_usd: optional(number("cost of the call, USD")),
    output_text: rawText("the answer"),
    error_message: rawText("the error text"),
    error_stack: rawText("the stack trace"),
  },
  "tool.called": {
    tool_name: string("name of the tool"),
    args_hash: optional(string("hash of the canonical arguments")),
    args_length: optional(integer("length of the canonical arguments")),
    args_shape: optional(string("shape of the arguments, such as query=str(24)")),
    args: rawText("the arguments"),
  },
  "tool.responded": {
    tool_name: optional(string("name of the tool")),
    success: optional(boolean("false when the tool failed")),
    output_length: optional(integer("length of the result")),
    latency_ms: optional(integer("duration of the call")),
    ...errorFields,
    output_text: rawText("the result"),
    error_message: rawText("the error text"),
    error_stack: rawText("the stack trace"),
  },
  "retrieval.called": {
    index_name: optional(string("name of the index or retriever")),
    query_hash: optional(string("hash of the query")),
    query: rawText("the query"),
  },
  "retrieval.responded": {
    index_name: optional(string("name of the index or retriever")),
    result_count: optional(integer("number of results")),
    top_score: optional(nullableNumber("best score, null when there was none")),
    latency_ms: optional(integer("duration of the call")),
    ...errorFields,
    error_message: rawText("the error text"),
    error_stack: rawText("the stack trace"),
  },
  "span.ended": {
    name: string("name of the component"),
    label: optional(string("readable name")),
    kind: optional(string("kind of the component")),
    status: string("ok or error"),
    duration_ms: integer("duration of the span"),
    attrs: optional(scalars("attributes of the span")),
  },
  "external.signal": {
    signal_name: string("name of the outside event"),
    source: optional(string("where it comes from")),
    meta: optional(scalars("flat details")),
  },
  "policy.triggered": {
    policy_name: string("name of the policy"),
    action_type: string("what the policy did"),
    trigger: string("what it watched"),
    value: optional(json<unknown>("the value that met the condition")),
  },
  "signal.detected": {
    failure_type: oneOf(FAILURE_TYPES, "what went wrong"),
    severity: oneOf(SEVERITIES, "how bad it is"),
    confidence: number("0 to 1, 4 decimals"),
    phase: oneOf(["live", "final"] as const, "while the run went on, or the final verdict"),
    provisional: optional(boolean("true when later events can take it back or lower it")),
    title: string("one sentence for people"),
    evidence: json("what the verdict rests on"),
    shadow: boolean("recorded, but neither counted nor alerted"),
  },
  "run.completed": runEnd,
  "run.errored": {
    error_type: optional(string("class of the error")),
    error_hash: optional(string("hash of the error text")),
    policy_name: optional(string("policy that stopped the run")),
    ...runEnd,
    error_message: rawText("the error text"),
    error_stack: rawText("the stack trace"),
  },
  "deploy.marker": {
    version: string("deployed version"),
    commit: optional(string("commit of the deployment")),
    environment: optional(string("where it was deployed")),
    meta: optional(scalars("flat details")),
  },
  "fix.applied": {
    signal_run_id: string("run of the signal the fix is for"),
    failure_type: oneOf(FAILURE_TYPES, "what the fix is for"),
    fix_type: string("prompt_addition, code_change …"),
    applied_via: string("langfuse, clipboard …"),
    prompt_name: optional(string("changed prompt")),
    prompt_version: optional(string("its new version")),
  },
} as const satisfies Record<string, Fields>;

export type EventType = keyof typeof PAYLOAD_FIELDS;
/** The payload of each event type. */
export type Payloads = { [T in EventType]: Infer<(typeof PAYLOAD_FIELDS)[T]> };

export const EVENT_TYPES = Object.keys(PAYLOAD_FIELDS) as EventType[];

export function isEventType(value: string): value is EventType {
  return Object.hasOwn(PAYLOAD_FIELDS, value);
}

/** Events that count for facts, steps, durations and gaps; all others are shown and otherwise passed over. */
export const COUNTED_EVENTS = [
  "run.started",
  "input.received",
  "llm.called",
  "llm.responded",
  "tool.called",
  "tool.responded",
  "retrieval.called",
  "retrieval.responded",
  "external.signal",
  "policy.triggered",
  "run.completed",
  "run.errored",
] as const satisfies readonly EventType[];
export type CountedEventType = (typeof COUNTED_EVENTS)[number];
