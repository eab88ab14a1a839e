import {
  ACTION_TYPES,
  type ActionType,
  OPERATORS,
  type Operator,
  TRIGGERS,
  type Trigger,
} from "../../src/core/policies";
import type { PolicyOptions } from "../../src/sdk";
import { holds, type Moment, PLAYS } from "./moments";

/** A policy's condition with a run for it. */
export interface Played {
  readonly trigger: Trigger;
  readonly operator: Operator;
  readonly value: number | string;
  readonly moments: readonly Moment[];
  /** The moments at which the condition holds. */
  readonly fires: readonly number[];
}

export const ACTIONS: Readonly<Record<ActionType, PolicyOptions["action"]>> = {
  stop: { type: "stop", params: { message: "Enough." } },
  switch_model: { type: "switch_model", params: { model: "small" } },
  inject_prompt: { type: "inject_prompt", params: { prompt: "Answer now." } },
  log: { type: "log" },
};

/** Every pair of trigger and operator that may stand in a policy, and those that may not. */
export const PAIRS = TRIGGERS.flatMap((trigger) =>
  OPERATORS.map((operator) => ({
    trigger,
    operator,
    isValid: PLAYS[trigger].operators.some((valid) => valid === operator),
  })),
);

/** All valid pairs with all actions. */
export const ROWS = PAIRS.filter(({ isValid }) => isValid).flatMap(({ trigger, operator }) =>
  ACTION_TYPES.map((action) => ({ trigger, operator, action })),
);

/**
 * A run in which the condition holds at some moment, as late as can be, or one in which it never does, as long as can be.
 *
 * @throws Error when the values and moments of the trigger give none
 */
export function playOf(trigger: Trigger, operator: Operator, isToFire: boolean): Played {
  const { values, moments } = PLAYS[trigger];
  const all = moments.flatMap((_, last) =>
    values.map((value): Played => {
      const part = moments.slice(0, last + 1);
      const fires = part.flatMap(({ observed }, at) => (holds(observed, operator, value) ? [at] : []));
      return { trigger, operator, value, moments: part, fires };
    }),
  );
  const fitting = all.filter(({ fires }) => fires.length > 0 === isToFire);
  const rank = ({ moments: { length }, fires }: Played): number => length + (fires[0] ?? 0) * moments.length;
  const [best] = fitting.toSorted((a, b) => rank(b) - rank(a));
  if (best === undefined) throw new Error(`no run for ${trigger} ${operator}, ${isToFire ? "firing" : "not firing"}`);
  return best;
}
