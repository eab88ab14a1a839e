import type { Dunetrace } from "../../sdk/client";
import { describeThrown } from "../../sdk/errors";
import { sayOnce } from "../../sdk/notices";
import type { RunOptions } from "../../sdk/options";
import { OptionsError } from "../../sdk/optionValues";

/** The options of runs that are the same for all requests. */
const FIXED = ["model", "tools", "humanTools", "systemPrompt", "version", "tags"] as const;
type FixedOptions = Pick<RunOptions, (typeof FIXED)[number]>;

/**
 * How requests become runs. Nothing of a request is read by itself but its method, the pattern of its route and the status
 * of its answer: no body, no query string, no header. The functions get the framework's own request; what they throw is
 * kept from the answer, and the run goes on without the value.
 */
export interface RequestRunOptions<R> extends FixedOptions {
  /**
   * The agent's id, or a function that picks it, such as by route. It becomes a Loki label: take it from a closed set, and
   * from a header only where the callers are your own. Default: the `agentId` of the client, else `agent`.
   */
  readonly agentId?: string | ((request: R) => string | undefined) | undefined;
  /** Picks the user's input; only its hash and its length are written. Default: the input is unknown. */
  readonly inputFrom?: ((request: R) => unknown) | undefined;
  /** Who the request is for; only its hash is written. */
  readonly userId?: ((request: R) => string | undefined) | undefined;
  /** Conversation or thread; written as it is. */
  readonly sessionId?: ((request: R) => string | undefined) | undefined;
  /** The pattern of the route, such as `/chats/:id`; written as it is. Default: what the framework tells. */
  readonly route?: string | ((request: R) => string | undefined) | undefined;
  /** True for requests that are no run of an agent, such as health checks. CORS preflights never are. */
  readonly skip?: ((request: R) => boolean) | undefined;
}

const PICKED = ["agentId", "inputFrom", "userId", "sessionId", "route", "skip"] as const;
const NAMES: readonly string[] = [...PICKED, ...FIXED];
const FUNCTIONS: readonly string[] = ["inputFrom", "userId", "sessionId", "skip"];

/**
 * Looks at what an integration is set up with, before the first request.
 *
 * @param integration names it in messages, such as `dunetraceMiddleware`
 * @param besides options the framework adds
 * @throws OptionsError, naming what to change
 */
export function checkOptions(
  integration: string,
  dt: Dunetrace,
  options: object,
  besides: readonly string[] = [],
): void {
  if (typeof dt !== "object" || dt === null || typeof dt.startRun !== "function") {
    throw new OptionsError(`${integration} needs the Dunetrace client whose runs the requests become.`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (besides.includes(name)) continue;
    if (!NAMES.includes(name)) {
      throw new OptionsError(`Unknown option "${name}" of ${integration}. It knows ${NAMES.join(", ")}.`);
    }
    if (FUNCTIONS.includes(name) && value !== undefined && typeof value !== "function") {
      throw new OptionsError(`The option "${name}" of ${integration} must be a function of the request.`);
    }
  }
}

/** Reads a value by a function of the application; undefined when that throws, which is said once. */
export function ask<T>(integration: string, option: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    tellThrown(integration, option, error);
    return undefined;
  }
}

/** The message of the error may hold content of the request: only its class is said. */
export function tellThrown(integration: string, option: string, error: unknown): void {
  const { type } = describeThrown(error);
  sayOnce(`the option ${option} of ${integration} threw ${type}; the run goes on without it. Let it return undefined.`);
}

/** An option that is a value or a function of the request. */
export function pick<R, T>(
  integration: string,
  name: string,
  option: T | ((request: R) => T | undefined) | undefined,
  request: R,
): T | undefined {
  if (!isFunction(option)) return option;
  return ask(integration, name, () => option(request));
}

function isFunction<R, T>(value: T | ((request: R) => T | undefined)): value is (request: R) => T | undefined {
  return typeof value === "function";
}

/** The options that are the same for all requests. */
export function fixedOptions(options: FixedOptions): FixedOptions {
  const { model, tools, humanTools, systemPrompt, version, tags } = options;
  return { model, tools, humanTools, systemPrompt, version, tags };
}
