import type { Action } from "./action";
import type { RunEvidence } from "./evidence";
import type { Facts } from "./facts";
import type { ToolState, ToolTable } from "./toolTable";

/** repeat_calls and repeat_tool: the largest tool that was called over and over with the same arguments. */
export class RepeatFacts {
  readonly #facts: Facts;
  readonly #tools: ToolTable;
  #largest: ToolState | undefined;

  constructor(facts: Facts, tools: ToolTable) {
    this.#facts = facts;
    this.#tools = tools;
  }

  called(action: Action): void {
    const tool = this.#tools.calling(action.name);
    if (tool === undefined) return;
    tool.called(action);
    if (tool.repeats) {
      if (this.#largest === undefined || isLarger(tool, this.#largest)) this.#largest = tool;
    } else if (tool === this.#largest) {
      this.#largest = undefined;
      for (const other of this.#tools.all()) {
        if (other.repeats && (this.#largest === undefined || isLarger(other, this.#largest))) this.#largest = other;
      }
    }
    this.#facts.repeat_calls = this.#largest?.calls ?? 0;
    this.#facts.repeat_tool = this.#largest?.name;
  }

  get evidence(): RunEvidence["repeat"] {
    const use = this.#largest?.commonest;
    if (use === undefined) return undefined;
    return { args_hash: use.hash, count: use.count, first_step: use.firstStep, last_step: use.lastStep };
  }
}

function isLarger(tool: ToolState, than: ToolState): boolean {
  return tool.calls > than.calls || (tool.calls === than.calls && tool.order < than.order);
}
