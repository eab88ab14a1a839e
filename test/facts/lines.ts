import type { FactEvent } from "../../src/core/facts/event";
import type { Facts } from "../../src/core/facts/facts";
import type { Micros } from "../../src/core/wire/line";
import { formatMicros } from "../../src/core/wire/time";
import type { GeneratedRun } from "./generate";
import { Random } from "./random";
import { hash16, textBehind } from "./texts";

type Json = Record<string, unknown>;

/** One line of a run as some producer may have written it. */
export interface WrittenLine {
  readonly text: string;
  readonly seq: number | undefined;
  /** The event it says, absent for lines that count for nothing. */
  readonly event: FactEvent | undefined;
  readonly time: Micros;
  readonly step_index: number;
}

const RUN_ID = "7c1d0c1e-54a1-4a53-9d0d-0e6a4f0a9b11";
const AGENT_ID = "generated";

/** How the same finish reason is spelt by providers. */
const FINISH_REASONS: Readonly<Record<string, readonly string[]>> = {
  stop: ["stop", "end_turn", "STOP"],
  length: ["length", "max_tokens", "MAX_TOKENS"],
  tool_calls: ["tool_calls", "tool_use", "function_call"],
};

const HASH_OF_EMPTY = hash16("");
/** What the Python package writes where there was nothing to hash. */
const PLACEHOLDER_HASHES = ["", "{}", "[]", "null", "None"].map(hash16);

/**
 * Writes a generated run as lines of its era: unknown fields are left out or, without `schema`, written as the
 * placeholders of that era; lines of the raw era carry texts in place of hashes and lengths.
 *
 * @returns the lines in the order they were written
 * @param factsOf what the terminal lines state as facts, if they are to
 */
export function writeRun(run: GeneratedRun, factsOf?: () => Facts): WrittenLine[] {
  const random = new Random(run.seed ^ 0x5eed);
  const { era } = run.profile;
  // A second process that goes on with a run writes no seq.
  const share = era === "schema" ? random.pick([1, 1, 1, 1, 0, 0.5]) : 0;
  const numberedUntil = share === 1 ? Number.POSITIVE_INFINITY : run.events.length * share;
  // Two writers of one run may use a number twice: then seq says nothing of the order.
  const repeated = random.chance(0.05) && run.events.length > 2 ? random.between(1, run.events.length - 1) : undefined;
  const lines: WrittenLine[] = [];
  let written = 0;
  const write = (type: string, time: Micros, step_index: number, payload: Json, event?: FactEvent) => {
    const hasSchema = event === undefined ? era === "schema" : event.schema !== undefined;
    const place = lines.length;
    const numbered = place < numberedUntil && hasSchema;
    const seq = numbered ? place - (place === repeated ? 1 : 0) : undefined;
    written = Math.max(written + 1, time);
    const times = hasSchema ? laterTimes(time, written) : { ts: legacyTime(time, run.profile.tick, random) };
    const line = {
      ts: times.ts,
      level: "info",
      logger: "dunetrace",
      event_type: type,
      agent_id: AGENT_ID,
      run_id: RUN_ID,
      step_index,
      payload,
      agent_version: "4cf70175",
      ...(seq === undefined ? {} : { seq }),
      ...(hasSchema ? { schema: 1 } : {}),
      ...(times.event_ts === undefined ? {} : { event_ts: times.event_ts }),
    };
    lines.push({ text: JSON.stringify(line), seq, event, time, step_index });
  };
  for (const event of run.events) {
    if (random.chance(0.05)) {
      const far = event.time + random.pick([-1, 1]) * random.between(0, 900_000_000);
      const [type, payload] = random.pick(UNCOUNTED);
      write(type, Math.floor(far / 1000) * 1000, random.pick([event.step_index, 5_000]), payload);
    }
    const payload = new PayloadWriter(random, era === "raw" && event.schema === undefined).payloadOf(event);
    const isEnd = event.event_type === "run.completed" || event.event_type === "run.errored";
    if (isEnd && factsOf !== undefined) Object.assign(payload, { facts: factsOf(), facts_v: 1 });
    write(event.event_type, event.time, event.step_index, payload, event);
  }
  return lines;
}

/** Where the event's time is not that of writing, ts is the time of writing and event_ts the event's. */
function laterTimes(time: Micros, written: Micros): { ts: string; event_ts?: string } {
  if (time === written) return { ts: formatMicros(time) };
  return { ts: formatMicros(written), event_ts: formatMicros(time) };
}

/** ms where nothing is lost, as the TypeScript package of old writes them, else µs. */
function legacyTime(time: Micros, tick: number, random: Random): string {
  const micros = formatMicros(time);
  return tick === 1000 && random.chance(0.5) ? micros.replace(/\d{3}Z$/, "Z") : micros;
}

const TITLE = "search called 3 times";
/** Lines that count for nothing: steps, duration and gaps included. */
const UNCOUNTED: readonly (readonly [string, Json])[] = [
  [
    "signal.detected",
    {
      failure_type: "TOOL_LOOP",
      severity: "HIGH",
      confidence: 0.9,
      phase: "live",
      title: TITLE,
      evidence: {},
      shadow: false,
    },
  ],
  ["span.ended", { name: "PromptBuilder", status: "ok", duration_ms: 3 }],
  ["memory.written", { source: "tool_output" }],
  ["approval.requested", { approval_id: "a1", tool_name: "search" }],
];

class PayloadWriter {
  readonly #random: Random;
  readonly #raw: boolean;

  constructor(random: Random, raw: boolean) {
    this.#random = random;
    this.#raw = raw;
  }

  payloadOf(event: FactEvent): Json {
    const written: Json = { ...event.payload };
    if (event.call_id !== undefined)
      written.call_id = /^\d+$/.test(event.call_id) ? Number(event.call_id) : event.call_id;
    this.#finishReason(written);
    if (event.schema !== undefined) {
      this.#emptyHash(written, event.event_type);
      return written;
    }
    this.#placeholders(written, event.event_type);
    if (this.#raw) this.#texts(written, event);
    return written;
  }

  #finishReason(payload: Json): void {
    const spellings = FINISH_REASONS[String(payload.finish_reason)];
    if (spellings !== undefined) payload.finish_reason = this.#random.pick(spellings);
  }

  /** The hash of "" as arguments or query is unknown everywhere. */
  #emptyHash(payload: Json, type: string): void {
    const key = type === "tool.called" ? "args_hash" : type === "retrieval.called" ? "query_hash" : undefined;
    if (key !== undefined && payload[key] === undefined && this.#random.chance(0.5)) payload[key] = HASH_OF_EMPTY;
  }

  #fill(payload: Json, key: string, values: readonly unknown[]): void {
    if (payload[key] === undefined && this.#random.chance(0.5)) payload[key] = this.#random.pick(values);
  }

  /** What is unknown may be written as 0, [] or the hash of nothing. */
  #placeholders(payload: Json, type: string): void {
    switch (type) {
      case "run.started":
        this.#fill(payload, "tools", [[]]);
        this.#fill(payload, "input_hash", ["", ...PLACEHOLDER_HASHES]);
        break;
      case "llm.called":
        this.#fill(payload, "prompt_tokens", [0]);
        break;
      case "llm.responded":
        for (const key of ["prompt_tokens", "completion_tokens", "latency_ms"]) this.#fill(payload, key, [0]);
        if (payload.output_length === 0) payload.output_hash = HASH_OF_EMPTY;
        else this.#fill(payload, "output_length", [0]);
        break;
      case "tool.called":
        this.#fill(payload, "args_hash", PLACEHOLDER_HASHES);
        break;
      case "retrieval.called":
        this.#fill(payload, "query_hash", PLACEHOLDER_HASHES);
        break;
      case "tool.responded":
        this.#fill(payload, "output_length", [0]);
        this.#fill(payload, "latency_ms", [0]);
        break;
      case "retrieval.responded":
        this.#fill(payload, "latency_ms", [0]);
        break;
    }
  }

  /** Texts in place of hashes and lengths, the stated hash being absent or a placeholder then. */
  #texts(payload: Json, event: FactEvent): void {
    const random = this.#random;
    if (event.event_type === "tool.called" && event.payload.args_hash !== undefined) {
      if (event.payload.args_length === undefined || random.chance(0.3)) return;
      const text = textBehind(event.payload.args_hash);
      payload.args = text;
      if (event.payload.args_length === text.length) delete payload.args_length;
      payload.args_hash = random.pick([undefined, HASH_OF_EMPTY]);
    } else if (event.event_type === "retrieval.called" && event.payload.query_hash !== undefined) {
      payload.query = textBehind(event.payload.query_hash);
      payload.query_hash = random.pick([undefined, HASH_OF_EMPTY]);
    } else if (event.event_type === "run.started" || event.event_type === "input.received") {
      const hash = event.payload.input_hash;
      if (hash === undefined || hash === "" || hash === HASH_OF_EMPTY) {
        payload.input_text = "";
        return;
      }
      payload.input_text = textBehind(hash);
      payload.input_hash = random.pick([undefined, HASH_OF_EMPTY]);
      payload.system_prompt = "You are helpful.";
    } else if (event.event_type === "llm.responded" || event.event_type === "tool.responded") {
      const length = event.payload.output_length;
      // An empty text counts as absent, so it says nothing of the length.
      if (length === undefined) payload.output = "";
      else if (length > 0) {
        payload.output = "x".repeat(length);
        payload.output_length = random.pick([undefined, 0]);
      }
      if (event.event_type === "tool.responded" && event.payload.success === false) payload.error = "timed out";
    }
  }
}
