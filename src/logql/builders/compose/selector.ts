import type { LogqlText, Matcher } from "../../api";
import type { Scope } from "../scope";
import { quoted, regexOf } from "./escape";

const LABEL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** @throws RangeError when the name is no label name of Loki */
export function labelName(name: string): string {
  if (LABEL_NAME.test(name)) return name;
  throw new RangeError(`${JSON.stringify(name)} is no label name; use letters, digits and _, no digit first`);
}

export function matcherText({ name, op, value }: Matcher): string {
  return `${labelName(name)}${op}${quoted(value)}`;
}

/**
 * A matcher for any of the values; none at all for an empty list, which stands for "all".
 *
 * @example oneOf("agent_id", ["a", "b"]) // [{ name: "agent_id", op: "=~", value: "a|b" }]
 */
export function oneOf(name: string, values: readonly string[] = []): Matcher[] {
  const [first, ...more] = values;
  if (first === undefined) return [];
  if (more.length === 0) return [{ name, op: "=", value: first }];
  return [{ name, op: "=~", value: values.map(regexOf).join("|") }];
}

/**
 * A stream selector: the matchers of the scope, then these.
 *
 * @throws RangeError when there is no matcher at all, or a label name is none
 * @example selector({}, [{ name: "agent_id", op: "=", value: "a" }]) // {agent_id="a"}
 */
export function selector(scope: Scope, matchers: readonly Matcher[]): LogqlText {
  const all = [...(scope.base ?? []), ...matchers];
  if (all.length === 0) throw new RangeError("A stream selector needs a matcher; give an agent or an event type");
  return `{${all.map(matcherText).join(", ")}}` as LogqlText;
}
