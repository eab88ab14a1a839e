import { type Action, hasKnownAnswer, sameCall, sameName, sameOutcome } from "./action";
import { type Facts, LOOP_WINDOW } from "./facts";

const REACH = LOOP_WINDOW - 1;
/** Recent actions are kept in a ring; a power of two, well above two windows. */
const RING = 64;

/**
 * loop_count, loop_tool, loop_identical, loop_stuck and loop_distinct: what repeats within any five consecutive actions.
 *
 * A window gains from its newest action or from an answer to one of its actions, so only the windows around that action
 * are looked at. An answer may come long after: what surrounds an open action is kept until it is answered.
 */
export class LoopFacts {
  readonly #facts: Facts;
  /** Grows to its size with the first actions. */
  readonly #ring: Action[] = [];
  /** The actions around the one that is answered, filled anew each time. */
  readonly #around: (Action | undefined)[] = [];
  readonly #lateSurroundings = new Map<Action, readonly (Action | undefined)[]>();
  #count = 0;
  /** Kind of loop_tool; undefined before the first action. */
  #loopKind: Action["kind"] | undefined;
  #distinctUnknown = false;
  #loop: Action[] = [];
  #identical: Action[] = [];
  #stuck: Action[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  get loop(): readonly Action[] {
    return this.#loop;
  }
  get identical(): readonly Action[] {
    return this.#identical;
  }
  get stuck(): readonly Action[] {
    return this.#stuck;
  }

  called(action: Action): void {
    const at = action.index;
    this.#ring[at & (RING - 1)] = action;
    this.#count = at + 1;
    this.#keepSurroundings(at - (RING - REACH - 1));
    const facts = this.#facts;
    let named = 0;
    let identical = 0;
    for (let i = Math.max(0, at - REACH); i <= at; i++) {
      const other = this.#ring[i & (RING - 1)];
      if (other === undefined || !sameName(other, action)) continue;
      named++;
      if (sameCall(other, action)) identical++;
    }
    if (identical > facts.loop_identical) {
      facts.loop_identical = identical;
      this.#identical = this.#window(at).filter((other) => sameCall(other, action));
    }
    if (named > facts.loop_count) {
      facts.loop_count = named;
      facts.loop_tool = action.name;
      this.#loopKind = action.kind;
      this.#loop = this.#window(at).filter((other) => sameName(other, action));
      this.#distinctUnknown = false;
      facts.loop_distinct = undefined;
      this.#noteDistinct(action);
    } else if (named === facts.loop_count && action.name === facts.loop_tool && action.kind === this.#loopKind) {
      this.#noteDistinct(action);
    }
  }

  /** To be called once the answer has been noted on the action. */
  answered(action: Action): void {
    const late = this.#lateSurroundings.size === 0 ? undefined : this.#lateSurroundings.get(action);
    if (late !== undefined) this.#lateSurroundings.delete(action);
    if (action.args_hash === undefined || !hasKnownAnswer(action)) return;
    const around = late ?? this.#fillAround(this.#around, action.index);
    // `around` reaches four actions to both sides: five windows of five hold the action.
    let best = 0;
    let bestStart = 0;
    let same = 0;
    for (let at = 0; at <= 2 * REACH; at++) {
      const entering = around[at];
      if (entering !== undefined && sameOutcome(action, entering)) same++;
      const leaving = at < LOOP_WINDOW ? undefined : around[at - LOOP_WINDOW];
      if (leaving !== undefined && sameOutcome(action, leaving)) same--;
      if (at >= REACH && same > best) {
        best = same;
        bestStart = at - REACH;
      }
    }
    if (best <= this.#facts.loop_stuck) return;
    this.#facts.loop_stuck = best;
    this.#stuck = around
      .slice(bestStart, bestStart + LOOP_WINDOW)
      .filter((other): other is Action => other !== undefined && sameOutcome(action, other));
  }

  /** The action will not be answered any more. */
  forget(action: Action): void {
    this.#lateSurroundings.delete(action);
  }

  #window(at: number): Action[] {
    const window: Action[] = [];
    for (let i = Math.max(0, at - REACH); i <= at; i++) {
      const action = this.#ring[i & (RING - 1)];
      if (action !== undefined) window.push(action);
    }
    return window;
  }

  #noteDistinct(action: Action): void {
    if (this.#distinctUnknown) return;
    const seen: string[] = [];
    for (const other of this.#window(action.index)) {
      if (!sameName(other, action)) continue;
      if (other.args_hash === undefined) {
        this.#distinctUnknown = true;
        this.#facts.loop_distinct = undefined;
        return;
      }
      if (!seen.includes(other.args_hash)) seen.push(other.args_hash);
    }
    this.#facts.loop_distinct = Math.min(this.#facts.loop_distinct ?? LOOP_WINDOW, seen.length);
  }

  /** Four actions to both sides of the one at `index`, and that one. */
  #fillAround(around: (Action | undefined)[], index: number): readonly (Action | undefined)[] {
    const first = index - REACH;
    for (let at = 0; at <= 2 * REACH; at++) {
      const i = first + at;
      around[at] = i >= 0 && i < this.#count ? this.#ring[i & (RING - 1)] : undefined;
    }
    return around;
  }

  #keepSurroundings(index: number): void {
    if (index < 0) return;
    const action = this.#ring[index & (RING - 1)];
    if (action !== undefined && !action.answered) this.#lateSurroundings.set(action, this.#fillAround([], index));
  }
}
