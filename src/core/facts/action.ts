import type { ActionRecord } from "./evidence";

/** An action with its place in the run. */
export interface Action extends ActionRecord {
  /** 0, 1, 2 … over all actions of the run. */
  readonly index: number;
}

/** An action that nothing is known of but how it was called. */
export function newAction(
  call: Pick<Action, "index" | "kind" | "name" | "step" | "turn" | "time" | "args_hash" | "prompt_tokens_before">,
): Action {
  return {
    index: call.index,
    kind: call.kind,
    name: call.name,
    step: call.step,
    turn: call.turn,
    time: call.time,
    args_hash: call.args_hash,
    prompt_tokens_before: call.prompt_tokens_before,
    answered: false,
    success: undefined,
    result_size: undefined,
    error_hash: undefined,
  };
}

/** A tool and an index of the same name differ. */
export function sameName(a: Action, b: Action): boolean {
  return a.name === b.name && a.kind === b.kind;
}

/** Same name and equal arguments: both known and the same. */
export function sameCall(a: Action, b: Action): boolean {
  return a.args_hash !== undefined && a.args_hash === b.args_hash && sameName(a, b);
}

/** Whether the answer says enough to be compared: success and size of a tool, the size of a retrieval. */
export function hasKnownAnswer(action: Action): boolean {
  return action.result_size !== undefined && (action.kind === "retrieval" || action.success !== undefined);
}

/** Same call, equal answer, same turn. The first action's answer must be known. */
export function sameOutcome(a: Action, b: Action): boolean {
  return a.result_size === b.result_size && a.success === b.success && a.turn === b.turn && sameCall(a, b);
}
