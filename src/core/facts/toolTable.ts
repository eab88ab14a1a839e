import type { Action } from "./action";
import { LastItems } from "./bounded";
import { MAX_EVIDENCE } from "./evidence";

/** Distinct arguments tracked per tool. */
export const MAX_ARGUMENTS = 256;
/** Tools tracked per run; calls of further names count in the totals, but in no fact about one tool. */
export const MAX_TOOLS = 1024;
/** Turns tracked per tool between two successes. */
const MAX_TURNS = 64;

/** How often one argument hash was used. */
interface ArgumentUse {
  readonly hash: string;
  count: number;
  readonly firstStep: number;
  lastStep: number;
}

/** What is tracked of one tool. */
export class ToolState {
  readonly name: string;
  /** Order of the first call, and of the first answer (-1 before it). */
  order = -1;
  answerOrder = -1;
  calls = 0;
  commonest: ArgumentUse | undefined;
  /** Failures since the last success. */
  failures = 0;
  /** Most failures since the last success within one turn. */
  turnFailures = 0;
  /** Most failures since the last success with equal arguments. */
  failedRepeats = 0;
  readonly #arguments = new Map<string, ArgumentUse>();
  #failuresByTurn: Map<number, number> | undefined;
  #failuresByArguments: Map<string, number> | undefined;
  #failed: LastItems<Action> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Its commonest arguments cover at least 90 % of its calls. */
  get repeats(): boolean {
    return this.commonest !== undefined && this.commonest.count * 10 >= this.calls * 9;
  }

  get failed(): readonly Action[] {
    return this.#failed?.toArray() ?? [];
  }

  called(action: Action): void {
    this.calls++;
    const hash = action.args_hash;
    if (hash === undefined) return;
    let use = this.#arguments.get(hash);
    if (use === undefined) {
      if (this.#arguments.size >= MAX_ARGUMENTS) return;
      use = { hash, count: 0, firstStep: action.step, lastStep: action.step };
      this.#arguments.set(hash, use);
    }
    use.count++;
    use.lastStep = action.step;
    if (this.commonest === undefined || use.count > this.commonest.count) this.commonest = use;
  }

  failedOnce(action: Action): void {
    this.failures++;
    this.#failed ??= new LastItems(MAX_EVIDENCE);
    this.#failed.push(action);
    this.#failuresByTurn ??= new Map();
    const inTurn = (this.#failuresByTurn.get(action.turn) ?? 0) + 1;
    this.#failuresByTurn.set(action.turn, inTurn);
    if (inTurn > this.turnFailures) this.turnFailures = inTurn;
    if (this.#failuresByTurn.size > MAX_TURNS) dropFirst(this.#failuresByTurn);
    if (action.args_hash === undefined) return;
    this.#failuresByArguments ??= new Map();
    const count = this.#failuresByArguments.get(action.args_hash) ?? 0;
    if (count === 0 && this.#failuresByArguments.size >= MAX_ARGUMENTS) return;
    this.#failuresByArguments.set(action.args_hash, count + 1);
    if (count + 1 > this.failedRepeats) this.failedRepeats = count + 1;
  }

  succeeded(): void {
    this.failures = 0;
    this.turnFailures = 0;
    this.failedRepeats = 0;
    this.#failuresByTurn?.clear();
    this.#failuresByArguments?.clear();
    this.#failed?.clear();
  }
}

function dropFirst(map: Map<number, number>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}

/** The tools of a run by name, bounded. */
export class ToolTable {
  readonly #tools = new Map<string, ToolState>();
  #called = 0;
  #answered = 0;

  /** @returns undefined when there are too many names already */
  of(name: string): ToolState | undefined {
    const known = this.#tools.get(name);
    if (known !== undefined || this.#tools.size >= MAX_TOOLS) return known;
    const state = new ToolState(name);
    this.#tools.set(name, state);
    return state;
  }

  /** The tool that is called; remembers the order of first calls. */
  calling(name: string): ToolState | undefined {
    const state = this.of(name);
    if (state !== undefined && state.order < 0) state.order = this.#called++;
    return state;
  }

  /** The tool an answer names; remembers the order of first answers. */
  answering(name: string): ToolState | undefined {
    const state = this.of(name);
    if (state !== undefined && state.answerOrder < 0) state.answerOrder = this.#answered++;
    return state;
  }

  all(): Iterable<ToolState> {
    return this.#tools.values();
  }
}
