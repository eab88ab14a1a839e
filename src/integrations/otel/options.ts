import type { Dunetrace, RunOptions } from "../../sdk";
import { OptionsError } from "../../sdk/optionValues";

const FIXED = ["model", "tools", "humanTools", "systemPrompt", "version", "tags"] as const;
type FixedOptions = Pick<RunOptions, (typeof FIXED)[number]>;

/** How traces become runs. */
export interface OtelOptions extends FixedOptions {
  /**
   * The agent's id. Default: what the spans say (`gen_ai.agent.name`, `agent.name`, `traceloop.workflow.name`,
   * `ai.telemetry.functionId`), else the `service.name` of the resource.
   */
  readonly agentId?: string | undefined;
}

const NAMES: readonly string[] = ["agentId", ...FIXED];

/** @throws OptionsError, naming what to change */
export function checkOptions(dt: Dunetrace, options: object): void {
  if (typeof dt !== "object" || dt === null || typeof dt.startRun !== "function") {
    throw new OptionsError("DunetraceSpanProcessor needs the Dunetrace client that gets the runs.");
  }
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new OptionsError(`Unknown option "${unknown}" of DunetraceSpanProcessor. It knows ${NAMES.join(", ")}.`);
  }
}
