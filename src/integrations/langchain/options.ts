import type { Dunetrace, RunOptions } from "../../sdk";
import { OptionsError } from "../../sdk/optionValues";

/** The options of runs that are the same for all of them. */
const FIXED = ["model", "tools", "humanTools", "systemPrompt", "version", "tags"] as const;
type FixedOptions = Pick<RunOptions, (typeof FIXED)[number]>;

/** How LangChain's root runs become runs. */
export interface LangChainOptions extends FixedOptions {
  /**
   * The agent's id. Default: the name of the root run (`graph.compile({ name })` or `runName` of the call) where it was
   * given one, else the `agentId` of the client.
   */
  readonly agentId?: string | undefined;
  /**
   * Picks the user's input out of what the root run was called with; only its hash and its length are written. Default:
   * the text itself, the fields `input` or `question`, or the last message of a person.
   */
  readonly inputFrom?: ((inputs: unknown) => unknown) | undefined;
}

const NAMES: readonly string[] = ["agentId", "inputFrom", ...FIXED];

/** @throws OptionsError, naming what to change */
export function checkOptions(dt: Dunetrace, options: object): void {
  if (typeof dt !== "object" || dt === null || typeof dt.startRun !== "function") {
    throw new OptionsError("DunetraceCallbackHandler needs the Dunetrace client that gets the runs.");
  }
  for (const [name, value] of Object.entries(options)) {
    if (!NAMES.includes(name)) {
      throw new OptionsError(`Unknown option "${name}" of DunetraceCallbackHandler. It knows ${NAMES.join(", ")}.`);
    }
    if (name === "inputFrom" && value !== undefined && typeof value !== "function") {
      throw new OptionsError('The option "inputFrom" of DunetraceCallbackHandler must be a function of the inputs.');
    }
  }
}

/** The options of runs that are the same for all of them. */
export function fixedOptions(options: FixedOptions): FixedOptions {
  const { model, tools, humanTools, systemPrompt, version, tags } = options;
  return { model, tools, humanTools, systemPrompt, version, tags };
}
