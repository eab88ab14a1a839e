import { aroundCreate } from "../models/aroundCreate";
import type { ModelApi } from "../models/modelApi";
import { type Instrumentation, instrumentation, patchMethod } from "../models/patch";
import { propertyAt } from "../models/values";
import { chatCompletions } from "./chat";
import { textCompletions } from "./completions";
import { responses } from "./responses";

export type { Instrumentation } from "../models/patch";

/** Where the class `OpenAI` keeps the classes that call models, in openai 4 and later. */
const APIS: readonly (readonly [name: string, path: readonly string[], api: ModelApi])[] = [
  ["openai.chat.completions", ["Chat", "Completions"], chatCompletions],
  ["openai.responses", ["Responses"], responses],
  ["openai.completions", ["Completions"], textCompletions],
];

/** Patches the classes of one copy of the package. */
export function patchOpenAI(OpenAI: unknown) {
  return APIS.map(
    ([name, path, api]) =>
      [name, patchMethod(propertyAt(OpenAI, [...path, "prototype"]), "create", aroundCreate(api))] as const,
  );
}

/** Whether a value is the class `OpenAI` of some version. */
export function isOpenAI(value: unknown): boolean {
  return typeof propertyAt(value, ["Chat", "Completions", "prototype", "create"]) === "function";
}

/**
 * Makes all clients of the openai package, those that exist already too, tell their model calls to the active run: model,
 * tokens, finish reason, number of tool calls, time; of prompts and answers only hashes and lengths. Covers
 * `chat.completions`, `responses` and `completions` with all that builds on them (`stream()`, `parse()`, `runTools()`),
 * streamed or not. What the program gets from the package does not change. Outside of runs nothing happens.
 *
 * @param classes the class `OpenAI`, once for each copy of the package in the process
 * @throws TypeError when a value is not that class
 * @example
 * import OpenAI from "openai";
 * import { instrumentOpenAI } from "dunetrace-grafana/openai";
 *
 * instrumentOpenAI(OpenAI);
 */
export function instrumentOpenAI(...classes: readonly unknown[]): Instrumentation {
  if (classes.length === 0 || !classes.every(isOpenAI)) {
    throw new TypeError('instrumentOpenAI needs the class OpenAI of the package openai: import OpenAI from "openai".');
  }
  return instrumentation(classes.flatMap(patchOpenAI));
}
