/** Test support: facts, evidence and rule inputs of runs in which nothing happened but what a test states. */

import { emptyFacts } from "../facts/emptyFacts";
import type { ActionRecord, RunEvidence } from "../facts/evidence";
import type { Facts } from "../facts/facts";
import { roundConfidence } from "./confidence";
import type { Detector, Findings, RuleInput, Thresholds } from "./detector";

export function testFacts(facts: Partial<Facts> = {}): Facts {
  return { ...emptyFacts(), ...facts };
}

export function testEvidence(evidence: Partial<RunEvidence> = {}): RunEvidence {
  return {
    current_step: 0,
    tools: undefined,
    loop: [],
    loop_identical: [],
    loop_stuck: [],
    alternation: undefined,
    last_action: undefined,
    repeat: undefined,
    injection: undefined,
    retrievals: [],
    truncations: [],
    prompt_sizes: [],
    slowest_tool: undefined,
    slowest_llm: undefined,
    slowest_gap: undefined,
    external: [],
    retry: [],
    cascade: undefined,
    tail: [],
    empty_steps: [],
    first_failure_tool: undefined,
    sequence: [],
    longest_args: undefined,
    model_changes: [],
    busiest_turn: undefined,
    ...evidence,
  };
}

/** A tool call that was answered well. */
export function testAction(action: Partial<ActionRecord> = {}): ActionRecord {
  return {
    kind: "tool",
    name: "web_search",
    step: 1,
    turn: 0,
    time: 0,
    args_hash: "a1",
    prompt_tokens_before: 0,
    answered: true,
    success: true,
    result_size: 10,
    error_hash: undefined,
    ...action,
  };
}

/** What a rule reads, with the detector's defaults; `facts` and `thresholds` may be stated in part. */
export type TestInput<T extends Thresholds> = Partial<Omit<RuleInput<T>, "facts" | "thresholds">> & {
  readonly facts?: Partial<Facts>;
  readonly thresholds?: Partial<T>;
};

export function testInput<T extends Thresholds>(detector: Detector<T>, input: TestInput<T> = {}): RuleInput<T> {
  return {
    ended: undefined,
    exit_reason: undefined,
    baseline: {},
    ...input,
    facts: testFacts(input.facts),
    thresholds: { ...detector.defaults, ...input.thresholds },
  };
}

/** Judges the run and collects what the explanation is made from; throws when the rule does not fire. */
export function testFindings<T extends Thresholds>(
  detector: Detector<T>,
  input: TestInput<T>,
  run?: Partial<RunEvidence>,
): Findings<T> {
  const ruleInput = testInput(detector, input);
  const verdict = detector.rule(ruleInput);
  if (verdict === undefined) throw new Error(`${detector.type} does not fire on these facts.`);
  return { ...ruleInput, verdict, run: run === undefined ? undefined : testEvidence(run) };
}

/** A row of a table of tests: what is judged, and how it comes out. */
export type RuleCase<D> = readonly [
  name: string,
  input: TestInput<D extends Detector<infer T> ? T : never>,
  outcome: string,
];

/** How a detector alone judges: "HIGH 0.6333" (severity and confidence), "clear", or "no data: what is missing". */
export function outcomeOf<T extends Thresholds>(detector: Detector<T>, input: TestInput<T>): string {
  const ruleInput = testInput(detector, input);
  const missing = detector.needs(ruleInput);
  if (missing !== undefined) return `no data: ${missing}`;
  const verdict = detector.rule(ruleInput);
  if (verdict !== undefined) return `${verdict.severity} ${roundConfidence(verdict.confidence)}`;
  const unclear = detector.neverClear?.(ruleInput);
  return unclear === undefined ? "clear" : `no data: ${unclear}`;
}
