import type { Micros } from "../wire/line";

export type CallKind = "llm" | "tool" | "retrieval";

/**
 * Calls that wait for an answer are remembered up to this many; the one opened first is given up then and counts as
 * never answered, so that the state of a run stays bounded.
 */
export const MAX_OPEN_CALLS = 1000;

/** A call that waits for its answer. */
export interface OpenCall {
  readonly kind: CallKind;
  /** Model, tool or index; undefined when the line names none. */
  readonly name: string | undefined;
  readonly step: number;
  readonly time: Micros;
  readonly call_id: string | undefined;
  /** How many llm.called events came before: tells calls before the last llm.called from later ones. */
  readonly round: number;
}

/** What is known of an answer when its call is looked for. */
export interface AnswerKey {
  readonly kind: CallKind;
  readonly name: string | undefined;
  readonly step: number;
  readonly schema: number | undefined;
  readonly call_id: string | undefined;
}

/**
 * The calls of a run that wait for an answer, in the order they were made, and the rules which answer belongs to which.
 * Shared by the facts and by the rebuilt run, so that both pair alike.
 */
export class OpenCalls<C extends OpenCall = OpenCall> {
  readonly #open: C[] = [];

  get all(): readonly C[] {
    return this.#open;
  }

  get size(): number {
    return this.#open.length;
  }

  /** @returns the call given up to stay bounded, if any */
  add(call: C): C | undefined {
    this.#open.push(call);
    return this.#open.length > MAX_OPEN_CALLS ? this.#open.shift() : undefined;
  }

  /**
   * Takes out the call an answer belongs to, or nothing when it fits none.
   *
   * @param round the llm.called events so far
   */
  take(answer: AnswerKey, round: number): C | undefined {
    const at = answer.schema === undefined ? this.#findByOrder(answer, round) : this.#findByStep(answer);
    if (at < 0) return undefined;
    const call = this.#open[at];
    if (at === this.#open.length - 1) this.#open.pop();
    else this.#open.splice(at, 1);
    return call;
  }

  /** The call of its kind with its step: of several the first with its name, else the first. */
  #findByStep(answer: AnswerKey): number {
    let first = -1;
    for (let at = 0; at < this.#open.length; at++) {
      const call = this.#open[at];
      if (call === undefined || call.step !== answer.step || call.kind !== answer.kind) continue;
      if (answer.name === undefined || call.name === answer.name) return at;
      if (first < 0) first = at;
    }
    return first;
  }

  /** By call_id where both have one; else LLM: the newest; else the oldest of that name since the last llm.called, else the newest older one. */
  #findByOrder(answer: AnswerKey, round: number): number {
    let oldestSince = -1;
    let newestOlder = -1;
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const call = this.#open[at];
      if (call === undefined || call.kind !== answer.kind) continue;
      if (answer.call_id !== undefined && call.call_id === answer.call_id) return at;
      if (call.call_id !== undefined) continue;
      if (answer.kind === "llm" || answer.name === undefined) {
        if (answer.call_id === undefined) return at;
        if (newestOlder < 0) newestOlder = at;
        continue;
      }
      if (call.name !== answer.name) continue;
      if (call.round === round) oldestSince = at;
      else if (newestOlder < 0) newestOlder = at;
    }
    return oldestSince >= 0 ? oldestSince : newestOlder;
  }
}
