import { aroundCreate } from "../models/aroundCreate";
import { type Instrumentation, instrumentation, patchMethod } from "../models/patch";
import { propertyAt } from "../models/values";
import { messages } from "./messages";

export type { Instrumentation } from "../models/patch";

/** Where the class `Anthropic` keeps the classes that call models. */
const APIS: readonly (readonly [name: string, path: readonly string[]])[] = [
  ["anthropic.messages", ["Messages"]],
  ["anthropic.beta.messages", ["Beta", "Messages"]],
];

/** Patches the classes of one copy of the package. */
export function patchAnthropic(Anthropic: unknown) {
  return APIS.map(
    ([name, path]) =>
      [name, patchMethod(propertyAt(Anthropic, [...path, "prototype"]), "create", aroundCreate(messages))] as const,
  );
}

/** Whether a value is the class `Anthropic` of some version. */
export function isAnthropic(value: unknown): boolean {
  return typeof propertyAt(value, ["Messages", "prototype", "create"]) === "function";
}

/**
 * Makes all clients of the package @anthropic-ai/sdk, those that exist already too, tell their model calls to the active
 * run: model, tokens (the cached ones included), finish reason, number of tool calls, time; of prompts and answers only
 * hashes and lengths. Covers `messages` and `beta.messages` with all that builds on them (`stream()`, `parse()`,
 * `toolRunner()`), streamed or not. What the program gets from the package does not change. Outside of runs nothing
 * happens.
 *
 * @param classes the class `Anthropic`, once for each copy of the package in the process
 * @throws TypeError when a value is not that class
 * @example
 * import Anthropic from "@anthropic-ai/sdk";
 * import { instrumentAnthropic } from "dunetrace-grafana/anthropic";
 *
 * instrumentAnthropic(Anthropic);
 */
export function instrumentAnthropic(...classes: readonly unknown[]): Instrumentation {
  if (classes.length === 0 || !classes.every(isAnthropic)) {
    throw new TypeError(
      'instrumentAnthropic needs the class Anthropic of the package @anthropic-ai/sdk: import Anthropic from "@anthropic-ai/sdk".',
    );
  }
  return instrumentation(classes.flatMap(patchAnthropic));
}
