import type { Micros } from "../wire/line";
import { microsToMillis } from "../wire/time";
import type { OpenCall } from "./calls";
import type { SlowRecord } from "./evidence";
import type { Facts } from "./facts";
import { Gaps } from "./gaps";
import { Waits } from "./waits";

/** What timing tracks of an open call. */
export interface TimedCall extends OpenCall {
  /** The tool waits for a person. */
  readonly human: boolean;
  /** When the call is over if no answer ever comes; undefined while that is still to be seen. */
  until: Micros | undefined;
  /** Number of the event that set `until`. */
  untilEvent: number;
  /** Only a terminal event has set `until`: a later llm.called, input.received or terminal sets it anew. */
  untilEnd: boolean;
}

/** duration_ms, active_ms, slowest_tool_ms, slowest_llm_ms and slowest_gap_ms. */
export class TimingFacts {
  readonly #facts: Facts;
  readonly #waits = new Waits();
  readonly #gaps = new Gaps();
  #events = 0;
  #first = 0;
  #last = 0;
  #lastStep = 0;
  #lastType = "";
  /** Open calls that are certainly open, and those that are over unless answered. */
  #fresh = 0;
  #stale = 0;
  #human = 0;
  slowestTool: SlowRecord | undefined;
  slowestLlm: SlowRecord | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get lastTime(): Micros {
    return this.#last;
  }
  get slowestGap(): SlowRecord | undefined {
    const gap = this.#gaps.largest;
    return gap && { step: gap.step, name: gap.name, ms: microsToMillis(gap.micros), start: gap.start };
  }

  /** To be called first for every counted event. */
  event(time: Micros, step: number, type: string): void {
    if (this.#events === 0) this.#first = time;
    else {
      const isInput = type === "input.received";
      if (isInput) this.#wait(this.#last, time);
      else if (time > this.#last && this.#fresh === 0) this.#gap(time - this.#last);
    }
    this.#events++;
    this.#last = time;
    this.#lastStep = step;
    this.#lastType = type;
  }

  #wait(from: Micros, to: Micros): void {
    this.#waits.add(from, to);
    if (this.#human === 0) this.#waits.settle();
  }

  #gap(micros: number): void {
    if (this.#stale === 0) this.#gaps.certain(micros, this.#lastStep, this.#lastType, this.#last);
    // The number of events so far is that of the event which ends this gap.
    else this.#gaps.maybe(micros, this.#lastStep, this.#lastType, this.#last, this.#events);
    this.#publishGap();
  }

  #publishGap(): void {
    this.#facts.slowest_gap_ms = microsToMillis(this.#gaps.largest?.micros ?? 0);
  }

  opened(call: TimedCall): void {
    this.#fresh++;
    if (call.human) this.#human++;
  }

  /**
   * An llm.called, input.received or terminal event: calls never answered are over now.
   *
   * @param isEnd the event is a terminal one, so that a later event still prolongs these calls
   */
  expire(calls: readonly TimedCall[], isEnd: boolean): void {
    // Calls expire in the order they were opened: those still to expire are at the end.
    for (let at = calls.length - 1; at >= 0; at--) {
      const call = calls[at];
      if (call === undefined || (call.until !== undefined && !call.untilEnd)) break;
      if (call.untilEnd) this.#gaps.discard(call.untilEvent);
      call.until = this.#last;
      call.untilEvent = this.#events - 1;
      call.untilEnd = isEnd;
    }
    this.#stale += this.#fresh;
    this.#fresh = 0;
    this.#publishGap();
  }

  /** The call is answered. */
  answered(call: TimedCall, latency: number | undefined): void {
    this.#close(call);
    if (call.until !== undefined) {
      this.#gaps.discard(call.untilEvent);
      this.#publishGap();
    }
    if (call.human) this.#wait(call.time, this.#last);
    this.lasted(call, latency ?? microsToMillis(Math.max(this.#last - call.time, 0)));
  }

  /** The call is given up: it counts as never answered. */
  forget(call: TimedCall): void {
    this.#close(call);
    if (call.human) this.#wait(call.time, call.until ?? this.#last);
    this.lasted(call, this.#unanswered(call));
  }

  #close(call: TimedCall): void {
    if (call.until === undefined) this.#fresh--;
    else this.#stale--;
    if (call.human) this.#human--;
  }

  /** A call took this long. */
  lasted(call: Pick<TimedCall, "kind" | "name" | "step" | "time" | "human">, ms: number): void {
    if (call.kind === "llm") {
      if (this.slowestLlm === undefined || ms > this.slowestLlm.ms) this.slowestLlm = record(call, ms);
      this.#facts.slowest_llm_ms = this.slowestLlm.ms;
    } else if (!call.human) {
      if (this.slowestTool === undefined || ms > this.slowestTool.ms) this.slowestTool = record(call, ms);
      this.#facts.slowest_tool_ms = this.slowestTool.ms;
    }
  }

  #unanswered(call: TimedCall): number {
    return microsToMillis(Math.max((call.until ?? this.#last) - call.time, 0));
  }

  /** The slowest calls with those that are still open counted as never answered. */
  slowest(open: readonly TimedCall[]): { tool: SlowRecord | undefined; llm: SlowRecord | undefined } {
    let { slowestTool: tool, slowestLlm: llm } = this;
    for (const call of open) {
      const ms = this.#unanswered(call);
      if (call.kind === "llm") {
        if (llm === undefined || ms > llm.ms) llm = record(call, ms);
      } else if (!call.human && (tool === undefined || ms > tool.ms)) tool = record(call, ms);
    }
    return { tool, llm };
  }

  /** Whole ms from the first to the last event. */
  get durationMs(): number {
    return microsToMillis(Math.max(this.#last - this.#first, 0));
  }

  /** The same less the waits for people. */
  activeMs(open: readonly TimedCall[]): number {
    const waits = open.filter((call) => call.human).map((call) => ({ from: call.time, to: call.until ?? this.#last }));
    return microsToMillis(Math.max(this.#last - this.#first - this.#waits.total(waits), 0));
  }
}

function record(call: Pick<TimedCall, "name" | "step" | "time">, ms: number): SlowRecord {
  return { step: call.step, name: call.name, ms, start: call.time };
}
