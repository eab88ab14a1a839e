import type { Prices } from "../prices/prices";
import type { Action } from "./action";
import { AlternationFacts } from "./alternation";
import { LastItems } from "./bounded";
import { emptyFacts } from "./emptyFacts";
import { type ExternalSignal, MAX_EVIDENCE, type RunEvidence } from "./evidence";
import type { Facts } from "./facts";
import { FailureFacts } from "./failures";
import { noteFailure } from "./firstFailure";
import { InputFacts } from "./inputs";
import { LlmFacts } from "./llm";
import { LoopFacts } from "./loops";
import { RepeatFacts } from "./repeats";
import { RetrievalFacts } from "./retrievals";
import { type TimedCall, TimingFacts } from "./timing";
import { ToolTable } from "./toolTable";
import { TurnFacts } from "./turns";

/** The parts that measure one kind of facts each, all into the same object. */
export class FactParts {
  readonly facts: Facts = emptyFacts();
  readonly #tools = new ToolTable();
  readonly turns = new TurnFacts(this.facts);
  readonly llm: LlmFacts;
  readonly loops = new LoopFacts(this.facts);
  readonly repeats = new RepeatFacts(this.facts, this.#tools);
  readonly alternation = new AlternationFacts(this.facts);
  readonly failures = new FailureFacts(this.facts, this.#tools);
  readonly retrievals = new RetrievalFacts(this.facts);
  readonly inputs = new InputFacts(this.facts);
  readonly timing = new TimingFacts(this.facts);
  readonly external = new LastItems<ExternalSignal>(MAX_EVIDENCE);
  declaredTools: readonly string[] | undefined;
  lastAction: Action | undefined;
  longestArguments: RunEvidence["longest_args"];
  firstFailedTool: string | undefined;

  constructor(prices: Prices | undefined) {
    this.llm = new LlmFacts(this.facts, this.turns, prices);
  }

  /**
   * A copy of the facts with what is left open settled as if nothing more came.
   *
   * @param open calls that wait for an answer
   * @param erroredStep the step at which the run ended with an error
   */
  finish(open: readonly TimedCall[], erroredStep: number | undefined): Facts {
    const facts: Facts = { ...this.facts };
    facts.duration_ms = this.timing.durationMs;
    facts.active_ms = this.timing.activeMs(open);
    const { tool, llm } = this.timing.slowest(open);
    if (tool !== undefined) facts.slowest_tool_ms = tool.ms;
    if (llm !== undefined) facts.slowest_llm_ms = llm.ms;
    const pending = this.llm.answers.pendingStep;
    if (pending !== undefined) {
      facts.empty_responses = (facts.empty_responses ?? 0) + 1;
      noteFailure(facts, pending, "empty_llm_response");
    }
    if (erroredStep !== undefined) noteFailure(facts, erroredStep, "run_errored");
    return facts;
  }

  /** What the verdicts rest on, as of now. */
  evidence(open: readonly TimedCall[]): RunEvidence {
    const { tool, llm } = this.timing.slowest(open);
    const { answers, usage } = this.llm;
    const pending = answers.pendingStep;
    return {
      current_step: this.facts.steps,
      tools: this.declaredTools,
      loop: this.loops.loop,
      loop_identical: this.loops.identical,
      loop_stuck: this.loops.stuck,
      alternation: this.alternation.evidence,
      last_action: this.lastAction,
      repeat: this.repeats.evidence,
      injection: this.inputs.evidence,
      retrievals: this.retrievals.answers,
      truncations: answers.truncations,
      prompt_sizes: usage.sizes,
      slowest_tool: tool,
      slowest_llm: llm,
      slowest_gap: this.timing.slowestGap,
      external: this.external.toArray(),
      retry: this.failures.retry,
      cascade: this.failures.cascade,
      tail: this.failures.tail,
      empty_steps: pending === undefined ? answers.emptySteps : [...answers.emptySteps, pending],
      first_failure_tool: this.firstFailedTool,
      sequence: this.turns.sequence,
      longest_args: this.longestArguments,
      model_changes: usage.modelChanges,
      busiest_turn: this.turns.busiest,
    };
  }
}
