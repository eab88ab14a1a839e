import type { Action } from "./action";
import { LastItems } from "./bounded";
import { MAX_EVIDENCE, type RunEvidence } from "./evidence";
import type { Facts } from "./facts";
import { round4 } from "./round";
import type { ToolState, ToolTable } from "./toolTable";

/** Tools remembered in one chain of failures. */
const MAX_CHAIN_TOOLS = 256;

/**
 * Everything about failed tool calls: streaks of one tool, repeats of one call, chains over several tools and the tail.
 * Failures count in the order of their answers and belong to the turn of their call.
 */
export class FailureFacts {
  readonly #facts: Facts;
  readonly #tools: ToolTable;
  #retry: ToolState | undefined;
  #chainLength = 0;
  #chainTurn = -1;
  #chainTools: string[] = [];
  #chainFirstStep = 0;
  #longestTools: readonly string[] = [];
  #longestFirstStep = 0;
  #longestLastStep = 0;
  #tailTurn = -1;
  readonly #tail = new LastItems<Action>(MAX_EVIDENCE);

  constructor(facts: Facts, tools: ToolTable) {
    this.#facts = facts;
    this.#tools = tools;
  }

  get cascade(): RunEvidence["cascade"] {
    const { cascade_length, cascade_tools } = this.#facts;
    if (cascade_length === 0) return undefined;
    const tools = this.#longestTools.slice(0, cascade_tools);
    return { tools, first_step: this.#longestFirstStep, last_step: this.#longestLastStep };
  }
  get retry(): readonly Action[] {
    return this.#retry?.failed ?? [];
  }
  get tail(): readonly Action[] {
    return this.#tail.toArray();
  }

  /** A tool was called in this turn. */
  called(turn: number): void {
    if (turn > this.#tailTurn) this.#startTail(turn);
    if (this.#facts.tool_failures > 0) this.#share();
  }

  /** An answer was noted on the action; one that fits no call comes as an action of its own. */
  answered(action: Action): void {
    const tool = this.#tools.answering(action.name);
    if (action.success === false) this.#failed(action, tool);
    else if (action.success === true) this.#succeeded(tool);
    else this.#endChain();
  }

  #failed(action: Action, tool: ToolState | undefined): void {
    this.#facts.tool_failures++;
    this.#share();
    if (action.turn > this.#tailTurn) this.#startTail(action.turn);
    if (action.turn === this.#tailTurn) {
      this.#facts.tail_failures++;
      this.#tail.push(action);
    }
    this.#extendChain(action);
    if (tool === undefined) return;
    tool.failedOnce(action);
    const facts = this.#facts;
    if (tool.turnFailures > facts.retry_streak_turn) facts.retry_streak_turn = tool.turnFailures;
    if (tool.failedRepeats > facts.failed_repeats) facts.failed_repeats = tool.failedRepeats;
    if (this.#retry === undefined || isWorse(tool, this.#retry)) this.#retry = tool;
    facts.retry_streak = this.#retry.failures;
    facts.retry_tool = this.#retry.name;
  }

  #succeeded(tool: ToolState | undefined): void {
    this.#endChain();
    const facts = this.#facts;
    facts.cascade_open = 0;
    if (facts.tail_failures > 0) {
      facts.tail_failures = 0;
      this.#tail.clear();
    }
    if (tool === undefined || tool.failures === 0) return;
    tool.succeeded();
    this.#retry = undefined;
    facts.retry_streak_turn = 0;
    facts.failed_repeats = 0;
    for (const other of this.#tools.all()) {
      if (other.failures === 0) continue;
      if (this.#retry === undefined || isWorse(other, this.#retry)) this.#retry = other;
      facts.retry_streak_turn = Math.max(facts.retry_streak_turn, other.turnFailures);
      facts.failed_repeats = Math.max(facts.failed_repeats, other.failedRepeats);
    }
    facts.retry_streak = this.#retry?.failures ?? 0;
    facts.retry_tool = this.#retry?.name;
  }

  #share(): void {
    this.#facts.failure_share = round4(this.#facts.tool_failures / Math.max(this.#facts.tool_calls, 1));
  }

  #startTail(turn: number): void {
    this.#tailTurn = turn;
    if (this.#facts.tail_failures === 0) return;
    this.#facts.tail_failures = 0;
    this.#tail.clear();
  }

  #endChain(): void {
    this.#chainLength = 0;
  }

  #extendChain(action: Action): void {
    if (this.#chainLength === 0 || this.#chainTurn !== action.turn) {
      this.#chainLength = 0;
      this.#chainTurn = action.turn;
      this.#chainTools = [];
      this.#chainFirstStep = action.step;
    }
    this.#chainLength++;
    if (!this.#chainTools.includes(action.name) && this.#chainTools.length < MAX_CHAIN_TOOLS)
      this.#chainTools.push(action.name);
    if (this.#chainTools.length < 2) return;
    const facts = this.#facts;
    if (this.#chainLength > facts.cascade_open) facts.cascade_open = this.#chainLength;
    if (this.#chainLength <= facts.cascade_length) return;
    facts.cascade_length = this.#chainLength;
    facts.cascade_tools = this.#chainTools.length;
    this.#longestTools = this.#chainTools;
    this.#longestFirstStep = this.#chainFirstStep;
    this.#longestLastStep = action.step;
  }
}

/** More failures since its last success; of equals the tool answered first. */
function isWorse(tool: ToolState, than: ToolState): boolean {
  return tool.failures > than.failures || (tool.failures === than.failures && tool.answerOrder < than.answerOrder);
}
