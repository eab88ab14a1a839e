import { OptionsError, oneOf } from "../../sdk/optionValues";
import { isAnthropic, patchAnthropic } from "../anthropic";
import { instrumentFetch, instrumentHttp } from "../http";
import { type Instrumentation, instrumentation } from "../models/patch";
import { property } from "../models/values";
import { isOpenAI, patchOpenAI } from "../openai";
import { checkOpenAIOptions, type OpenAIOptions } from "../openai/options";
import { type ClientPackage, commonJsCopies, moduleCopies } from "./copies";

export type { Instrumentation } from "../models/patch";

/** How what is instrumented is told: the options of `instrumentOpenAI`. */
export type AutoInstrumentOptions = OpenAIOptions;

const TARGETS = ["openai", "anthropic", "fetch", "http"] as const;
/** What can be instrumented. */
export type InstrumentationTarget = (typeof TARGETS)[number];

interface Client {
  readonly package: ClientPackage;
  /** The class among what the package exports. */
  readonly exported: string;
  readonly isClass: (value: unknown) => boolean;
  readonly patch: (found: unknown, options: OpenAIOptions) => ReturnType<typeof patchOpenAI | typeof patchAnthropic>;
}

const CLIENTS: Readonly<Record<"openai" | "anthropic", Client>> = {
  openai: { package: "openai", exported: "OpenAI", isClass: isOpenAI, patch: patchOpenAI },
  anthropic: { package: "@anthropic-ai/sdk", exported: "Anthropic", isClass: isAnthropic, patch: patchAnthropic },
};

/** The client's class in one copy of its package. */
function classIn(copy: unknown, { exported, isClass }: Client): readonly unknown[] {
  const found = [property(copy, exported), property(copy, "default"), copy].find(isClass);
  return found === undefined ? [] : [found];
}

const patchAll = (copies: readonly unknown[], client: Client, options: OpenAIOptions): Instrumentation =>
  instrumentation(copies.flatMap((copy) => classIn(copy, client)).flatMap((found) => client.patch(found, options)));

/**
 * Makes model clients and HTTP clients tell what they do to the active run, at the level of their classes: clients that
 * exist already are covered too. What is not installed is skipped, and a second time does nothing. Outside of runs, and
 * for what the program gets, nothing changes.
 *
 * By the time this returns, `fetch`, `http` and copies loaded by `require` are covered; ES modules once the promise
 * resolves, so await it before the first model call. A bundled application has no package to be found: give the class
 * itself to `instrumentOpenAI` or `instrumentAnthropic`.
 *
 * @param targets default: all
 * @returns what was patched, and the way back
 * @throws OptionsError for a target that does not exist, or an option that is not valid
 * @example
 * await autoInstrument(["openai", "anthropic"]);
 * await dt.run("support", () => openai.chat.completions.create({ model: "gpt-4o", messages }));
 */
export async function autoInstrument(
  targets: readonly InstrumentationTarget[] = TARGETS,
  options: AutoInstrumentOptions = {},
): Promise<Instrumentation> {
  const checked = checkOpenAIOptions(options, "autoInstrument");
  if (!Array.isArray(targets)) {
    throw new OptionsError('autoInstrument takes a list of targets, such as ["openai", "fetch"].');
  }
  const wanted = new Set(targets.map((target) => oneOf(TARGETS)(target, "a target of autoInstrument", false)));
  const clients = (["openai", "anthropic"] as const).filter((name) => wanted.has(name)).map((name) => CLIENTS[name]);
  const done: Instrumentation[] = [];
  if (wanted.has("fetch")) done.push(instrumentFetch());
  if (wanted.has("http")) done.push(instrumentHttp());
  for (const client of clients) done.push(patchAll(commonJsCopies(client.package), client, checked));
  for (const client of clients) done.push(patchAll(await moduleCopies(client.package), client, checked));
  return {
    patched: [...new Set(done.flatMap(({ patched }) => patched))],
    unpatch: () => {
      for (const { unpatch } of done) unpatch();
    },
  };
}
