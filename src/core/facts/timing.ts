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
  /** Place on the axis of uncertain waits then. */
  waitMark: number;
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
  #freshHuman = 0;
  #staleHuman = 0;
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
    else if (time > this.#last) this.#slice(time - this.#last, type === "input.received");
    this.#events++;
    this.#last = time;
    this.#lastStep = step;
    this.#lastType = type;
  }

  #slice(micros: number, endsInInput: boolean): void {
    if (endsInInput || this.#freshHuman > 0) this.#waits.wait(micros);
    else if (this.#staleHuman > 0) this.#waits.maybe(micros);
    if (endsInInput || this.#fresh > 0) return;
    if (this.#stale === 0) this.#gaps.certain(micros, this.#lastStep, this.#lastType, this.#last);
    else this.#gaps.maybe(micros, this.#lastStep, this.#lastType, this.#last, this.#events);
    // The events so far are the number of the event that ends this gap; untilEvent of a call is that of an earlier one.
    const largest = this.#gaps.largest;
    if (largest !== undefined) this.#facts.slowest_gap_ms = microsToMillis(largest.micros);
  }

  opened(call: TimedCall): void {
    this.#fresh++;
    if (call.human) this.#freshHuman++;
  }

  /** An llm.called, input.received or terminal event: calls never answered are over now. */
  expire(calls: readonly TimedCall[]): void {
    // Calls expire in the order they were opened: the fresh ones are at the end.
    for (let at = calls.length - 1; at >= 0; at--) {
      const call = calls[at];
      if (call === undefined || call.until !== undefined) break;
      call.until = this.#last;
      call.untilEvent = this.#events - 1;
      call.waitMark = this.#waits.mark;
      if (call.human) this.#staleHuman++;
    }
    this.#stale += this.#fresh;
    this.#fresh = 0;
    this.#freshHuman = 0;
  }

  /** The call is answered. */
  answered(call: TimedCall, latency: number | undefined): void {
    if (call.until === undefined) {
      this.#fresh--;
      if (call.human) this.#freshHuman--;
    } else {
      this.#stale--;
      this.#gaps.discard(call.untilEvent);
      this.#facts.slowest_gap_ms = microsToMillis(this.#gaps.largest?.micros ?? 0);
      if (call.human) {
        this.#waits.confirm(call.waitMark);
        if (--this.#staleHuman === 0) this.#waits.settle();
      }
    }
    this.lasted(call, latency ?? microsToMillis(Math.max(this.#last - call.time, 0)));
  }

  /** The call is given up: it counts as never answered. */
  forget(call: TimedCall): void {
    if (call.until === undefined) {
      this.#fresh--;
      if (call.human) this.#freshHuman--;
    } else {
      this.#stale--;
      if (call.human && --this.#staleHuman === 0) this.#waits.settle();
    }
    this.lasted(call, this.#unanswered(call));
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
  get activeMs(): number {
    return microsToMillis(Math.max(this.#last - this.#first - this.#waits.total, 0));
  }
}

function record(call: Pick<TimedCall, "name" | "step" | "time">, ms: number): SlowRecord {
  return { step: call.step, name: call.name, ms, start: call.time };
}
