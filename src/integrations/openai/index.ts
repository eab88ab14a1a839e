import { isRecord } from "../../core/wire";
import { aroundCreate } from "../models/aroundCreate";
import type { ModelApi } from "../models/modelApi";
import { type Instrumentation, instrumentation, patchMethod } from "../models/patch";
import { propertyAt } from "../models/values";
import { chatCompletions } from "./chat";
import { textCompletions } from "./completions";
import { checkOpenAIOptions, type OpenAIOptions } from "./options";
import { responses } from "./responses";
import { streamUsage } from "./streamUsage";

export type { Instrumentation } from "../models/patch";
export type { OpenAIOptions } from "./options";

/** Where the class `OpenAI` keeps the classes that call models, in openai 4 and later. */
const APIS: readonly (readonly [name: string, path: readonly string[], api: ModelApi])[] = [
  ["openai.chat.completions", ["Chat", "Completions"], chatCompletions],
  ["openai.responses", ["Responses"], responses],
  ["openai.completions", ["Completions"], textCompletions],
];

/** Those whose streams tell their tokens only when they are asked to. */
const ASKED_FOR_USAGE: ReadonlySet<ModelApi> = new Set([chatCompletions, textCompletions]);

/** Patches the classes of one copy of the package. */
export function patchOpenAI(OpenAI: unknown, { includeUsage }: OpenAIOptions = {}) {
  return APIS.map(([name, path, api]) => {
    const wanted = includeUsage === true && ASKED_FOR_USAGE.has(api) ? { ...api, streamUsage } : api;
    return [name, patchMethod(propertyAt(OpenAI, [...path, "prototype"]), "create", aroundCreate(wanted))] as const;
  });
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
 * @param given the class `OpenAI`, once for each copy of the package in the process; options may stand last. A class that is
 *   patched already keeps the options it was patched with
 * @throws TypeError when a value is not that class
 * @throws OptionsError on an option that is not valid
 * @example
 * import OpenAI from "openai";
 * import { instrumentOpenAI } from "dunetrace-grafana/openai";
 *
 * instrumentOpenAI(OpenAI, { includeUsage: true });
 */
export function instrumentOpenAI(...given: readonly unknown[]): Instrumentation {
  const last = given.at(-1);
  const hasOptions = isRecord(last) && given.length > 1;
  const classes = hasOptions ? given.slice(0, -1) : given;
  if (classes.length === 0 || !classes.every(isOpenAI)) {
    throw new TypeError('instrumentOpenAI needs the class OpenAI of the package openai: import OpenAI from "openai".');
  }
  const options = hasOptions ? checkOpenAIOptions(last, "instrumentOpenAI") : {};
  return instrumentation(classes.flatMap((found) => patchOpenAI(found, options)));
}
