import type { Dunetrace, RunOptions } from "../../sdk";
import { OptionsError } from "../../sdk/optionValues";

const FIXED = ["model", "tools", "humanTools", "systemPrompt", "version", "tags"] as const;
type FixedOptions = Pick<RunOptions, (typeof FIXED)[number]>;

/** How calls of the AI SDK become runs. */
export interface AiSdkOptions extends FixedOptions {
  /** The agent's id. Default: the `functionId` of the call's telemetry settings, else the `agentId` of the client. */
  readonly agentId?: string | undefined;
}

const NAMES: readonly string[] = ["agentId", ...FIXED];

/** @throws OptionsError, naming what to change */
export function checkOptions(dt: Dunetrace, options: object): void {
  if (typeof dt !== "object" || dt === null || typeof dt.startRun !== "function") {
    throw new OptionsError("dunetraceTracer needs the Dunetrace client that gets the runs.");
  }
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new OptionsError(`Unknown option "${unknown}" of dunetraceTracer. It knows ${NAMES.join(", ")}.`);
  }
}
