import { isRecord } from "../../src/core/wire";
import type { JudgedRun } from "../systems/runs";

/** Measured times differ with each run: compared is whether they are known. */
const TIME = /_ms$/;

/** Everything that is compared of a run, by where it stands, such as `facts.steps` and `calls.0.finish_reason`. */
export type Told = Readonly<Record<string, unknown>>;

/** What one way told of a run. */
export function toldOf({ run, signals, no_data }: JudgedRun): Told {
  const { agent_id, exit_reason, facts, steps } = run;
  const calls = steps.map(({ kind, name, failed, answered, call, answer }) => ({
    name: `${kind} ${name}`,
    failed,
    answered,
    call,
    answer,
  }));
  const told = { agent_id, exit_reason, facts, signals, no_data, calls };
  return Object.fromEntries(flat("", told));
}

function flat(place: string, value: unknown): [string, unknown][] {
  const isList = Array.isArray(value) && value.some(isRecord);
  if (isList || isRecord(value)) {
    return Object.entries(value).flatMap(([key, one]) => flat(place === "" ? key : `${place}.${key}`, one));
  }
  return value === undefined ? [] : [[place, TIME.test(place) && value !== null ? "measured" : value]];
}

/**
 * Where two ways differ, and how: `3 / 0`. Of calls the number is left out of the place and the kind is in it, such as
 * `llm.answer.output_length`; what they differ by is told once.
 */
export function differences(one: Told, other: Told): Readonly<Record<string, string>> {
  const found = new Map<string, Set<string>>();
  for (const place of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [a, b] = [one[place], other[place]].map((value) => JSON.stringify(value) ?? "unknown");
    if (a === b) continue;
    const [, at, field] = /^calls\.(\d+)\.(.+)$/.exec(place) ?? [];
    const kind = String(one[`calls.${at}.name`] ?? other[`calls.${at}.name`]).split(" ")[0];
    const general = at === undefined ? place : `${kind}.${field}`;
    found.set(general, (found.get(general) ?? new Set()).add(`${a} / ${b}`));
  }
  return Object.fromEntries(Array.from(found, ([place, ways]) => [place, [...ways].join(", ")]));
}
