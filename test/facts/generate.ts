import type { FactEvent } from "../../src/core/facts/event";
import type { Payloads } from "../../src/core/wire/events";
import type { Micros } from "../../src/core/wire/line";
import { type Move, type Profile, profileOf } from "./profile";
import { Random } from "./random";
import { hash16, INPUT_TEXT, textBehind } from "./texts";

export interface GeneratedRun {
  readonly seed: number;
  readonly profile: Profile;
  /** As a producer saw them: in the order they happened, though times may go back. */
  readonly events: readonly FactEvent[];
}

/** 2026-11-20T10:00:00Z. */
const START: Micros = 1_795_168_800_000_000;
const POLICY: Payloads["policy.triggered"] = { policy_name: "cap", action_type: "warn", trigger: "steps", value: 3 };
const INPUT_HASH = hash16(INPUT_TEXT);
const HASH_OF_EMPTY = hash16("");
const LABELS = ["ignore_previous", "act_as", "jailbreak", "system_prompt", "pretend"] as const;

type Kind = "llm" | "tool" | "retrieval";
type Answered = "llm.responded" | "tool.responded" | "retrieval.responded";

interface Outcome {
  readonly success: boolean;
  readonly output_length: number;
}

interface OpenCall {
  readonly kind: Kind;
  readonly step: number;
  readonly name: string | undefined;
  readonly call_id: string | undefined;
}

type Unplaced = { [E in FactEvent as E["event_type"]]: Pick<E, "event_type" | "payload"> }[FactEvent["event_type"]];

/** One random run; the same seed makes the same run. */
export function generateRun(seed: number): GeneratedRun {
  const random = new Random(seed);
  const profile = profileOf(random);
  return { seed, profile, events: new Producer(random, profile).run() };
}

/** Walks at random through what an agent may do. */
class Producer {
  readonly #random: Random;
  readonly #profile: Profile;
  readonly #events: FactEvent[] = [];
  #open: OpenCall[] = [];
  #closed: OpenCall[] = [];
  readonly #held: OpenCall[] = [];
  #clock = START;
  #step = 0;
  #ids = 0;
  #last: { name: string; args_hash: string | undefined } | undefined;

  constructor(random: Random, profile: Profile) {
    this.#random = random;
    this.#profile = profile;
  }

  run(): FactEvent[] {
    const random = this.#random;
    const { length, weights } = this.#profile;
    if (length > 0 && random.chance(0.93)) this.#start();
    while (this.#events.length < length - 1) this.#move(random.weighted(weights));
    const alike = random.chance(0.6) ? { success: random.chance(0.7), output_length: 5 } : undefined;
    for (const call of this.#held) this.#answerCall(call, alike);
    if (this.#events.length < length && random.chance(0.85)) this.#terminal();
    return this.#events;
  }

  #move(move: Move): void {
    const random = this.#random;
    const moves: Record<Move, () => void> = {
      askLlm: () => this.#askLlm(),
      callTool: () => this.#act("tool"),
      retrieve: () => this.#act("retrieval"),
      answerLlm: () => this.#answerOldest("llm"),
      answerTool: () => this.#answerOldest("tool"),
      answerRetrieval: () => this.#answerOldest("retrieval"),
      input: () => this.#add({ event_type: "input.received", payload: this.#input() }),
      outside: () => this.#add({ event_type: "external.signal", payload: { signal_name: "rate_limit" } }),
      policy: () => this.#add({ event_type: "policy.triggered", payload: POLICY }),
      terminal: () => this.#terminal(),
      restart: () => this.#start(),
      stray: () => this.#stray(random.pick(["llm", "tool", "tool", "tool", "retrieval"])),
      second: () => this.#second(),
    };
    moves[move]();
  }

  /** A second answer to a call that has one. */
  #second(): void {
    if (this.#closed.length === 0) return;
    const { kind, step, name, call_id } = this.#random.pick([...this.#closed, ...this.#closed.slice(-1)]);
    this.#answer(kind, step, name, call_id);
  }

  /** A value, or nothing as often as the profile leaves fields out. */
  #maybe<T>(value: T): T | undefined {
    return this.#random.chance(this.#profile.missing) ? undefined : value;
  }

  get #hasSchema(): boolean {
    const { era } = this.#profile;
    return era === "schema" || (era === "mixed" && this.#random.chance(0.5));
  }

  #add(event: Unplaced, step = this.#step, call_id?: string, schema = this.#hasSchema): void {
    this.#events.push({
      ...event,
      time: this.#nextTime(),
      step_index: step,
      ...(schema ? { schema: 1 } : {}),
      ...(call_id === undefined ? {} : { call_id }),
    });
  }

  #nextTime(): Micros {
    const random = this.#random;
    const { tick, backwards } = this.#profile;
    const steps = {
      none: 0,
      next: tick,
      half: random.pick([499, 500, 1_500]),
      short: random.between(1_000, 90_000),
      second: random.between(500_000, 20_000_000),
      minute: random.between(60_000_000, 400_000_000),
    };
    const micros = steps[random.weighted({ none: 2, next: 3, half: 3, short: 5, second: 2, minute: 0.3 })];
    const moved = Math.ceil(micros / tick) * tick;
    if (random.chance(backwards)) return this.#clock - moved;
    this.#clock += moved;
    return this.#clock;
  }

  #start(): void {
    const random = this.#random;
    const { tools, humanTools } = this.#profile;
    const declared = random.pick([undefined, "cut", tools, tools, tools]);
    this.#add({
      event_type: "run.started",
      payload: {
        ...this.#input(),
        model: random.pick(this.#profile.models),
        tools: declared === undefined || declared === "cut" ? undefined : [...declared],
        tools_count: declared === "cut" ? 40 : undefined,
        human_tools: humanTools === undefined ? undefined : [...humanTools],
      },
    });
  }

  #input(): Payloads["input.received"] {
    const random = this.#random;
    const labels = LABELS.slice(random.between(0, 2), random.between(3, LABELS.length));
    const signal = {
      matched_pattern_count: random.between(labels.length, 7),
      matched_patterns: labels,
      input_length: 9,
    };
    const payload: Payloads["input.received"] = { input_length: random.between(0, 30) };
    payload.input_hash = random.pick([undefined, "", HASH_OF_EMPTY, INPUT_HASH, INPUT_HASH]);
    if (random.chance(0.1)) payload.injection_signal = signal;
    return payload;
  }

  #terminal(): void {
    const random = this.#random;
    if (random.chance(0.7)) {
      const exit_reason = random.pick([
        "final_answer",
        "completed",
        "aborted",
        "max_steps",
        "handoff",
        undefined,
      ] as const);
      this.#add({ event_type: "run.completed", payload: { total_steps: this.#step, exit_reason } });
      return;
    }
    const exit_reason = random.pick(["error", "policy_violation", undefined] as const);
    this.#add({
      event_type: "run.errored",
      payload: { error_type: "TimeoutError", error_hash: "e".repeat(16), exit_reason },
    });
  }

  #nextStep(): number {
    if (this.#step === 0 || !this.#random.chance(this.#profile.sharedSteps)) this.#step++;
    return this.#step;
  }

  /** Ids are of the era of raw content; some of its calls have none. */
  #nextId(kind: Kind): string | undefined {
    if (this.#profile.era !== "raw" || !this.#random.chance(kind === "llm" ? 0.9 : 0.4)) return undefined;
    return String(this.#ids++);
  }

  #askLlm(): void {
    const random = this.#random;
    const call_id = this.#nextId("llm");
    const payload: Payloads["llm.called"] = { model: this.#maybe(random.pick(this.#profile.models)) };
    if (random.chance(0.5)) payload.prompt_tokens = this.#maybe(this.#count([10, 100, 150, 2_500]));
    if (random.chance(0.1)) payload.provider = "acme";
    if (random.chance(0.1)) payload.streaming = random.chance(0.7);
    const step = this.#nextStep();
    this.#add({ event_type: "llm.called", payload }, step, call_id);
    this.#open.push({ kind: "llm", step, name: undefined, call_id });
  }

  /** A count that may be 0 only where 0 is not a placeholder. */
  #count(values: readonly number[]): number {
    return this.#random.pick(this.#profile.era === "schema" ? [0, ...values] : values);
  }

  #act(kind: "tool" | "retrieval"): void {
    const random = this.#random;
    const { tools, indexes, hashes, sticky } = this.#profile;
    const names = kind === "tool" ? tools : indexes;
    const isHeld = kind === "tool" && this.#held.length < this.#profile.held;
    const repeat = (isHeld && this.#held.length > 0) || random.chance(sticky);
    const again = this.#last !== undefined && repeat && names.includes(this.#last.name);
    const fresh = { name: random.pick(names), args_hash: this.#maybe(random.pick(hashes)) };
    const { name, args_hash } = again && this.#last !== undefined ? this.#last : fresh;
    this.#last = { name, args_hash };
    const call_id = this.#nextId(kind);
    const step = this.#nextStep();
    if (kind === "tool") {
      const text = args_hash === undefined ? "" : textBehind(args_hash);
      const args_length = this.#maybe(random.pick([2, 30, 12_000, text.length]));
      this.#add({ event_type: "tool.called", payload: { tool_name: name, args_hash, args_length } }, step, call_id);
    } else {
      const payload = { index_name: random.chance(0.02) ? undefined : name, query_hash: args_hash };
      this.#add({ event_type: "retrieval.called", payload }, step, call_id);
    }
    const call: OpenCall = { kind, step, name, call_id };
    if (isHeld) this.#held.push(call);
    else this.#open.push(call);
  }

  #answerOldest(kind: Kind): void {
    const open = this.#open.filter((call) => call.kind === kind);
    const call = this.#random.chance(this.#profile.oldestFirst) ? open[0] : open.at(-1);
    if (call !== undefined) this.#answerCall(call);
  }

  /** @param outcome what a tool answered, where that is not left to chance */
  #answerCall(call: OpenCall, outcome?: Outcome): void {
    const random = this.#random;
    this.#open = this.#open.filter((other) => other !== call);
    this.#closed.push(call);
    const name = random.chance(0.04) ? undefined : call.name;
    this.#answer(call.kind, call.step, name, random.chance(0.05) ? undefined : call.call_id, outcome);
  }

  /** An answer that fits no call, or one it was not meant for. */
  #stray(kind: Kind): void {
    const random = this.#random;
    const names = kind === "tool" ? this.#profile.tools : this.#profile.indexes;
    const name = kind === "llm" || random.chance(0.1) ? undefined : random.pick(names);
    const step = random.pick([this.#step, this.#step + 1, Math.max(0, this.#step - random.between(1, 5)), 999]);
    this.#answer(kind, step, name, this.#profile.era === "raw" && random.chance(0.5) ? "no-such-call" : undefined);
  }

  #answer(kind: Kind, step: number, name: string | undefined, call_id: string | undefined, outcome?: Outcome): void {
    const random = this.#random;
    const type: Record<Kind, Answered> = {
      llm: "llm.responded",
      tool: "tool.responded",
      retrieval: "retrieval.responded",
    };
    const schema = this.#hasSchema;
    // The Python package writes the current step on answers, or that of the call.
    const written = schema || random.chance(0.5) ? step : this.#step;
    this.#add(this.#answerOf(type[kind], name, outcome), written, call_id, schema);
  }

  #answerOf(event_type: Answered, name: string | undefined, outcome: Outcome | undefined): Unplaced {
    const random = this.#random;
    const latency_ms = random.chance(0.6) ? this.#maybe(this.#count([3, 250, 40_000])) : undefined;
    const failed = random.chance(this.#profile.failures);
    if (event_type === "tool.responded") {
      const success = this.#maybe(!failed);
      const output_length = this.#maybe(this.#count([5, 7]));
      return { event_type, payload: { tool_name: name, success, output_length, latency_ms, ...outcome } };
    }
    if (event_type === "retrieval.responded") {
      const result_count = this.#maybe(random.pick([0, 1, 5]));
      const top_score = this.#maybe(random.pick([null, 0.25, 0.5, -1]));
      return { event_type, payload: { index_name: name, result_count, top_score, latency_ms } };
    }
    const payload: Payloads["llm.responded"] = { latency_ms };
    payload.model = random.chance(0.3) ? random.pick(this.#profile.models) : undefined;
    if (random.chance(0.6)) payload.prompt_tokens = this.#maybe(this.#count([12, 100, 160, 2_600]));
    payload.completion_tokens = this.#maybe(this.#count([1, 40]));
    if (random.chance(0.1)) payload.cache_read_tokens = 10;
    payload.finish_reason = this.#maybe(
      random.pick(["stop", "stop", "stop", "length", "tool_calls", "content_filter", "error"] as const),
    );
    if (random.chance(0.4)) payload.tool_call_count = random.pick([0, 0, 1, 2]);
    payload.output_length = random.chance(0.25) ? 0 : this.#maybe(random.pick([20, 80]));
    // Multiples of 1/64 add up exactly, in whatever order.
    if (random.chance(0.2)) payload.cost_usd = random.between(0, 12) / 64;
    return { event_type, payload };
  }
}
