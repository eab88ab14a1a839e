import type { TrackedCall } from "../core/facts";
import type { Micros } from "../core/wire";
import type { Clock } from "./clock";
import type { Faults } from "./faults";
import type { RunRecorder } from "./recorder";

/** At this multiple of the limit the signal becomes HIGH, so the call is looked at again then. */
const SECOND_LOOK = 5;
/** A call is past its limit only after it, ms. */
const AFTER_MS = 1;
/** setTimeout takes no longer times. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Reports calls that hang while they still hang. One timer for all runs of a client, only while calls are open; it keeps
 * no process alive.
 */
export class Watchdog {
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #runs = new Set<RunRecorder>();
  #timer: NodeJS.Timeout | undefined;
  /** When the timer is due, by the clock of the client. */
  #due = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, faults: Faults) {
    this.#clock = clock;
    this.#faults = faults;
  }

  /** A call of the run was opened at this time. */
  opened(run: RunRecorder, kind: TrackedCall["kind"], time: Micros): void {
    if (!run.watched) {
      run.watched = true;
      this.#runs.add(run);
    }
    const due = time + (kind === "llm" ? run.slowLlmMicros : run.slowToolMicros);
    if (due < this.#due) this.#wakeAt(due, time);
  }

  /** The run is over: with the last one the timer goes. */
  ended(run: RunRecorder): void {
    run.watched = false;
    if (this.#runs.delete(run) && this.#runs.size === 0) this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = Number.POSITIVE_INFINITY;
  }

  #wakeAt(due: Micros, now: Micros): void {
    clearTimeout(this.#timer);
    this.#due = due;
    const ms = Math.min(Math.max((due - now) / 1000, 0) + AFTER_MS, MAX_TIMER_MS);
    this.#timer = setTimeout(() => this.#look(), ms);
    this.#timer.unref();
  }

  #look(): void {
    this.stop();
    const now = this.#clock();
    let due = Number.POSITIVE_INFINITY;
    for (const run of this.#runs) {
      try {
        due = Math.min(due, this.#lookAt(run, now));
      } catch (error) {
        this.#faults.note("watching open calls", error);
      }
    }
    if (due < Number.POSITIVE_INFINITY) this.#wakeAt(due, now);
  }

  /** @returns when to look at the run again */
  #lookAt(run: RunRecorder, now: Micros): Micros {
    let next = Number.POSITIVE_INFINITY;
    for (const call of run.openCalls) {
      if (call.human) continue;
      const limit = call.kind === "llm" ? run.slowLlmMicros : run.slowToolMicros;
      const news = run.live.hanging(run.tracker, call, now);
      if (news.length > 0) run.reportNow(news);
      const waits = now - call.time;
      if (waits <= limit) next = Math.min(next, call.time + limit);
      else if (waits <= limit * SECOND_LOOK) next = Math.min(next, call.time + limit * SECOND_LOOK);
    }
    // All is said of it until its next call: a program that never ends its runs must not fill the memory.
    if (next === Number.POSITIVE_INFINITY) {
      run.watched = false;
      this.#runs.delete(run);
    }
    return next;
  }
}
