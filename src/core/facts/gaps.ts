/** A stretch of time in which no call was open, or perhaps none. */
interface OpenGap {
  readonly micros: number;
  /** Number of the event that ended it. */
  readonly event: number;
  readonly step: number;
  readonly name: string;
  readonly start: number;
}

export type GapRecord = Omit<OpenGap, "event">;

/**
 * The largest gap between neighbouring events while no call is open. Calls that are past the next llm.called or
 * input.received are open only if they are answered after all: gaps since then stay uncertain until that is known.
 */
export class Gaps {
  #largest: GapRecord | undefined;
  /** Uncertain gaps, each larger than all before it: only those can become the largest. */
  readonly #uncertain: OpenGap[] = [];

  certain(micros: number, step: number, name: string, start: number): void {
    if (micros > (this.#largest?.micros ?? 0)) this.#largest = { micros, step, name, start };
  }

  maybe(micros: number, step: number, name: string, start: number, event: number): void {
    if (micros > (this.#uncertain.at(-1)?.micros ?? 0)) this.#uncertain.push({ micros, event, step, name, start });
  }

  /** A call that was over since event number `since` is answered after all: it was open, so those were no gaps. */
  discard(since: number): void {
    while ((this.#uncertain.at(-1)?.event ?? 0) > since) this.#uncertain.pop();
  }

  /** The largest gap if no further answer comes. */
  get largest(): GapRecord | undefined {
    const last = this.#uncertain.at(-1);
    return last !== undefined && last.micros > (this.#largest?.micros ?? 0) ? last : this.#largest;
  }
}
