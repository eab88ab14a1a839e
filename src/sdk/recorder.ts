import type { Baseline } from "../core/baselines/baseline";
import { DETECTORS, type DetectorSettings, judge, type LiveSignal, LiveSignals, type Signal } from "../core/detectors";
import { FACTS_VERSION, type Facts, FactTracker, type TrackedCall } from "../core/facts";
import type { Prices } from "../core/prices/prices";
import { levelOf, type Micros, type Payloads, type RunHead, SCHEMA_VERSION } from "../core/wire";
import { type Clock, reserveTs } from "./clock";
import type { Content } from "./content";
import type { Faults } from "./faults";
import { RunLines } from "./lines/runLines";
import type { Timeline } from "./processState";
import type { RecordedEvent, RunEnd } from "./recordedEvent";
import type { Outputs } from "./sinks/outputs";
import type { Watchdog } from "./watchdog";

/** Older events are written with the time of writing: Loki refuses lines more than an hour behind their stream. */
const OLD_AFTER_MICROS = 45 * 60 * 1_000_000;
/** A terminal line leaves this many µs before it for the final signals, however many there will be. */
const SIGNAL_SLOTS = DETECTORS.length;

/** What all runs of a client share. */
export interface Recording {
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly outputs: Outputs;
  readonly content: Content;
  readonly prices: Prices;
  readonly maxLineBytes: number;
  readonly watchdog: Watchdog;
  readonly faults: Faults;
}

/** What one run is judged by. */
export interface RunRules {
  readonly settings: DetectorSettings;
  readonly baseline: Baseline;
  /** Names the settings on the terminal line. */
  readonly rules: string;
}

/**
 * Turns the events of one run into lines, facts and signals, in this order: the facts, the line, then what the event makes
 * hold. It takes events as they are; making them of what the application says is left to `RunContext`.
 */
export class RunRecorder {
  readonly recording: Recording;
  /** Highest step so far. */
  step = 0;
  /** What `stamp` gave last: the time of the event, that of its line, and its number. */
  time: Micros = 0;
  written: Micros = 0;
  seq = -1;
  /** Events lost to faults inside the SDK. */
  unrecorded = 0;
  /** Set while the watchdog looks after this run. */
  watched = false;
  readonly live: LiveSignals;
  /** From then on an open call is slow, µs. */
  readonly slowLlmMicros: Micros;
  readonly slowToolMicros: Micros;
  readonly #rules: RunRules;
  readonly #tracker: FactTracker;
  readonly #lines: RunLines;
  #ended = false;
  /** The first step after the last llm.called. */
  #roundStart = 0;

  constructor(recording: Recording, head: RunHead, rules: RunRules) {
    this.recording = recording;
    this.#rules = rules;
    this.#tracker = new FactTracker({ prices: recording.prices });
    this.#lines = new RunLines(recording.outputs, head, recording.maxLineBytes);
    this.live = new LiveSignals(rules.settings, rules.baseline);
    this.slowLlmMicros = this.live.slowAfterMs("llm") * 1000;
    this.slowToolMicros = this.live.slowAfterMs("tool") * 1000;
  }

  get facts(): Readonly<Facts> {
    return this.#tracker.facts;
  }

  get tracker(): FactTracker {
    return this.#tracker;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get openCalls(): readonly TrackedCall[] {
    return this.#tracker.openCalls();
  }

  /**
   * The open call an answer without a handle belongs to. LLM: the newest. Else the oldest of that name since the last
   * LLM call, else the newest older one of that name.
   */
  openCall(kind: TrackedCall["kind"], name: string | undefined): TrackedCall | undefined {
    const calls = this.#tracker.openCalls();
    let older: TrackedCall | undefined;
    for (const call of calls) {
      if (call.kind !== kind || (kind !== "llm" && call.name !== name)) continue;
      if (kind !== "llm" && call.step >= this.#roundStart) return call;
      older = call;
    }
    return older;
  }

  /**
   * Gives the next event its number and its times, `this.seq`, `this.time` and `this.written`: now, or `at` when that is
   * past. An event told late keeps its time. Where its line cannot carry that as ts, because it is too old for Loki or
   * other lines were written since, the line has the time of writing and names the event's time beside it.
   */
  stamp(at: Micros | undefined): void {
    const { clock, timeline } = this.recording;
    const now = clock();
    this.seq++;
    if (typeof at !== "number" || !(at >= 0 && at < now)) {
      this.written = reserveTs(timeline, now);
      this.time = this.written;
    } else {
      const isFresh = now - at < OLD_AFTER_MICROS && at > timeline.lastTs;
      this.time = Math.floor(at);
      this.written = reserveTs(timeline, isFresh ? this.time : now);
    }
  }

  /** Records a stamped event: facts first, then the line, then live signals. */
  record(event: RecordedEvent): void {
    if (event.event_type === "llm.called") this.#roundStart = event.step_index;
    this.#tracker.add(event);
    this.#lines.write(event);
    const news =
      event.event_type === "run.started" ? this.live.started(this.#tracker) : this.live.afterEvent(this.#tracker);
    if (news.length > 0) this.#report(news);
  }

  /** Reports what holds now although no event came: a call that hangs. */
  reportNow(signals: readonly LiveSignal[]): void {
    this.stamp(undefined);
    // No event takes the number.
    this.seq--;
    this.#report(signals);
  }

  /** Writes live signals at the time of the event just stamped. */
  #report(signals: readonly LiveSignal[]): void {
    const isLate = this.time !== this.written;
    for (const signal of signals) {
      const written = reserveTs(this.recording.timeline, this.written);
      this.#writeSignal(signal, "live", isLate ? this.time : written, signal.provisional ? true : undefined, written);
    }
  }

  #writeSignal(
    signal: Signal,
    phase: "live" | "final",
    time: Micros,
    provisional: true | undefined,
    written = time,
  ): void {
    const seq = ++this.seq;
    // Nobody reads it: title and evidence need not be made.
    if (!this.recording.outputs.any) return;
    const { failure_type, severity, confidence, title, evidence, shadow } = signal;
    const payload = { failure_type, severity, confidence, phase, provisional, title, evidence, shadow };
    this.#lines.write({
      event_type: "signal.detected",
      level: levelOf("signal.detected", payload),
      time,
      written,
      step_index: this.step,
      seq,
      payload,
    });
  }

  /**
   * Ends the run: the terminal event enters the facts, the verdict is reached, its signals are written and then the
   * terminal line with facts and verdict. The lines of the signals lie in time just before the terminal line, whose time
   * is that of the end; room for them is reserved whether they come or not.
   *
   * @returns the final signals
   */
  end(end: RunEnd, at?: Micros): readonly Signal[] {
    if (this.#ended) return [];
    this.#ended = true;
    const { timeline, watchdog } = this.recording;
    watchdog.ended(this);
    timeline.lastTs += SIGNAL_SLOTS;
    this.stamp(at);
    const { time, written } = this;
    this.#tracker.add(this.#endEvent(end));
    const facts = this.#tracker.finish();
    const signals = this.#judge(facts);
    // The signals take the number of the terminal line and those after it, the terminal line the one after them.
    this.seq--;
    let before = signals.length;
    for (const signal of signals) {
      this.#writeSignal(signal, "final", time - before, undefined, written - before);
      before--;
    }
    this.seq++;
    this.#fillEnd(end.payload, facts, signals);
    this.#lines.write(this.#endEvent(end));
    return signals;
  }

  /** Written out twice: an object spread would cost more than the rest of the end of a run. */
  #endEvent(end: RunEnd): RecordedEvent {
    const { time, written, step: step_index, seq } = this;
    const schema = SCHEMA_VERSION;
    if (end.event_type === "run.errored") {
      return {
        event_type: "run.errored",
        level: "error",
        time,
        written,
        step_index,
        seq,
        schema,
        payload: end.payload,
      };
    }
    return { event_type: "run.completed", level: "info", time, written, step_index, seq, schema, payload: end.payload };
  }

  #judge(facts: Facts): readonly Signal[] {
    const { settings, baseline } = this.#rules;
    const { ended, exit_reason } = this.#tracker;
    try {
      return judge({ facts, ended, exit_reason, baseline, settings, evidence: this.#tracker.evidence() }).signals;
    } catch (error) {
      // The terminal line must come, verdict or not: without it the run would look stalled.
      this.recording.faults.note("judging the run", error);
      return [];
    }
  }

  #fillEnd(payload: Payloads["run.completed"], facts: Facts, signals: readonly Signal[]): void {
    const { rules, baseline } = this.#rules;
    payload.total_steps = facts.steps;
    payload.tool_call_count = facts.tool_calls;
    payload.duration_ms = facts.duration_ms;
    payload.facts = facts;
    payload.facts_v = FACTS_VERSION;
    payload.rules = rules;
    if (Object.keys(baseline).length > 0) payload.baseline = { ...baseline };
    const verdicts: NonNullable<RunEnd["payload"]["signals"]> = {};
    for (const { failure_type, severity, confidence, shadow, base_severity } of signals) {
      verdicts[failure_type] = { severity, confidence, shadow, base_severity };
    }
    payload.signals = verdicts;
    const dropped = this.#lines.dropped + this.unrecorded;
    if (dropped > 0) payload.dropped_events = dropped;
  }
}
