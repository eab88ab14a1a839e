/**
 * How long a run waited for people, in µs: slices of time between neighbouring events that end in user input or in which
 * a tool that waits for a person was open. Overlapping waits count once.
 *
 * A human call is certainly open until the next llm.called or input.received after it; beyond that only if it is answered
 * after all, which then covers the time since. That time is measured on an axis of its own, the uncertain one.
 */
export class Waits {
  #certain = 0;
  /** Length of the uncertain axis so far. */
  #uncertain = 0;
  /** Stretches of the uncertain axis that turned out to be waits, in order and apart. */
  #covered: { from: number; to: number }[] = [];
  #coveredLength = 0;

  get total(): number {
    return this.#certain + this.#coveredLength;
  }

  /** The present end of the uncertain axis. */
  get mark(): number {
    return this.#uncertain;
  }

  /** A slice that is a wait whatever comes. */
  wait(micros: number): void {
    this.#certain += micros;
  }

  /** A slice that is a wait if a human call of before is answered later. */
  maybe(micros: number): void {
    this.#uncertain += micros;
  }

  /** A human call was answered: everything uncertain since `mark` was a wait. */
  confirm(mark: number): void {
    let from = mark;
    for (let last = this.#covered.at(-1); last !== undefined && last.to > from; last = this.#covered.at(-1)) {
      from = Math.min(from, last.from);
      this.#coveredLength -= last.to - last.from;
      this.#covered.pop();
    }
    this.#covered.push({ from, to: this.#uncertain });
    this.#coveredLength += this.#uncertain - from;
  }

  /** No human call is open any more: the uncertain past is settled. */
  settle(): void {
    if (this.#covered.length === 0) return;
    this.#certain += this.#coveredLength;
    this.#covered = [];
    this.#coveredLength = 0;
  }
}
