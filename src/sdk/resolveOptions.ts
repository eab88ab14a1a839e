import { closest } from "fastest-levenshtein";
import { CAPTURE_MODES, DEFAULT_LINE_LIMIT, MAX_LINE_LIMIT } from "../core/wire";
import type { Clock } from "./clock";
import { sayOnce } from "./notices";
import type { DunetraceOptions } from "./options";
import {
  clockFunction,
  flag,
  OptionsError,
  oneOf,
  pathOrDocument,
  pinoTarget,
  type Read,
  secret,
  text,
  texts,
  textsByKey,
  url,
  wholeWithin,
} from "./optionValues";
import { PUSH_VARIABLES, type ResolvedLoki, resolveLoki } from "./sinks/lokiOptions";
import type { PinoDestination } from "./sinks/pino";

/** Every option with what it is read to. */
type OptionTypes = {
  [K in keyof Required<Omit<DunetraceOptions, "loki">>]: K extends "logger"
    ? PinoDestination
    : K extends "clock"
      ? Clock
      : K extends "detectors" | "baselines" | "policies" | "prices"
        ? string | object
        : NonNullable<DunetraceOptions[K]>;
};
type OptionName = keyof OptionTypes;

/** How each option is read. */
const READERS: { readonly [K in OptionName]: Read<OptionTypes[K]> } = {
  agentId: text,
  emitAsJson: flag,
  file: text,
  writeMode: oneOf(["sync", "batched"]),
  flushIntervalMs: wholeWithin(1, 60_000),
  logger: pinoTarget,
  endpoint: url,
  apiKey: secret,
  maxQueueBytes: wholeWithin(65_536, 2 ** 30),
  capture: oneOf(CAPTURE_MODES),
  hashKey: secret,
  version: text,
  environment: text,
  tags: textsByKey,
  tagKeys: texts,
  humanTools: texts,
  detectors: pathOrDocument,
  baselines: pathOrDocument,
  policies: pathOrDocument,
  prices: pathOrDocument,
  grafanaUrl: url,
  maxLineBytes: wholeWithin(1024, MAX_LINE_LIMIT),
  flushOnSignals: flag,
  debug: flag,
  clock: clockFunction,
};

const NAMES = [...Object.keys(READERS), "loki"];
/** Objects and functions cannot come from the environment. */
const CODE_ONLY: ReadonlySet<string> = new Set<OptionName | "loki">(["logger", "clock", "loki"]);
const PREFIX = "DUNETRACE_";

/** The environment variable of an option: `emitAsJson` is `DUNETRACE_EMIT_AS_JSON`. */
export function environmentName(option: string): string {
  return PREFIX + option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const VARIABLES: ReadonlySet<string> = new Set([
  ...NAMES.filter((name) => !CODE_ONLY.has(name)).map(environmentName),
  ...PUSH_VARIABLES,
]);

/** Options as a client goes by them: checked, with the environment and the defaults filled in. */
export type ResolvedOptions = { readonly [K in OptionName]: OptionTypes[K] | undefined } & typeof DEFAULTS & {
    readonly loki: ResolvedLoki | undefined;
  };

const DEFAULTS: { readonly [K in DefaultName]: OptionTypes[K] } = {
  emitAsJson: false,
  writeMode: "sync",
  flushIntervalMs: 200,
  maxQueueBytes: 8 * 2 ** 20,
  capture: "hash",
  maxLineBytes: DEFAULT_LINE_LIMIT,
  flushOnSignals: false,
  debug: false,
};
type DefaultName =
  | "emitAsJson"
  | "writeMode"
  | "flushIntervalMs"
  | "maxQueueBytes"
  | "capture"
  | "maxLineBytes"
  | "flushOnSignals"
  | "debug";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Checks the options of a client and fills in what the environment says.
 *
 * @throws OptionsError on an unknown option, naming the nearest one, and on a value that is not valid
 */
export function resolveOptions(options: DunetraceOptions, environment: Environment): ResolvedOptions {
  refuseUnknown(options);
  warnOfUnknown(environment);
  const read = <K extends OptionName>(name: K): OptionTypes[K] | undefined => {
    const given: unknown = options[name];
    const place = placeOf(name, options);
    if (given !== undefined) return READERS[name](given, place, false);
    const found = CODE_ONLY.has(name) ? undefined : environment[environmentName(name)];
    return found === undefined || found === "" ? undefined : READERS[name](found, place, true);
  };
  return {
    agentId: read("agentId"),
    emitAsJson: read("emitAsJson") ?? DEFAULTS.emitAsJson,
    file: read("file"),
    writeMode: read("writeMode") ?? DEFAULTS.writeMode,
    flushIntervalMs: read("flushIntervalMs") ?? DEFAULTS.flushIntervalMs,
    logger: read("logger"),
    endpoint: read("endpoint"),
    apiKey: read("apiKey"),
    loki: resolveLoki(options.loki, environment),
    maxQueueBytes: read("maxQueueBytes") ?? DEFAULTS.maxQueueBytes,
    capture: read("capture") ?? DEFAULTS.capture,
    hashKey: read("hashKey"),
    version: read("version"),
    environment: read("environment") ?? otelEnvironment(environment),
    tags: read("tags"),
    tagKeys: read("tagKeys"),
    humanTools: read("humanTools"),
    detectors: read("detectors"),
    baselines: read("baselines"),
    policies: read("policies"),
    prices: read("prices"),
    grafanaUrl: read("grafanaUrl"),
    maxLineBytes: read("maxLineBytes") ?? DEFAULTS.maxLineBytes,
    flushOnSignals: read("flushOnSignals") ?? DEFAULTS.flushOnSignals,
    debug: read("debug") ?? DEFAULTS.debug,
    clock: read("clock"),
  };
}

/** What gives an option its value, at the start of a sentence: the code, or else the environment. */
export function placeOf(name: OptionName, options: DunetraceOptions): string {
  return options[name] === undefined ? `The environment variable ${environmentName(name)}` : `The option "${name}"`;
}

function refuseUnknown(options: DunetraceOptions): void {
  if (typeof options !== "object" || options === null) {
    throw new OptionsError("The options of Dunetrace must be an object, such as { emitAsJson: true }.");
  }
  for (const name of Object.keys(options)) {
    if (NAMES.includes(name)) continue;
    throw new OptionsError(`Unknown option "${name}". Did you mean "${nearest(name, NAMES)}"?`);
  }
}

/** The environment is shared with other programs, so an unknown name there is told and not refused. */
function warnOfUnknown(environment: Environment): void {
  for (const name of Object.keys(environment)) {
    if (!name.startsWith(PREFIX) || VARIABLES.has(name) || KNOWN_ELSEWHERE.has(name)) continue;
    sayOnce(`the environment variable ${name} is unknown. Did you mean ${nearest(name, [...VARIABLES])}?`);
  }
}

/** Variables of the Python package and of the command line, which may run in the same environment. */
const KNOWN_ELSEWHERE: ReadonlySet<string> = new Set([
  "DUNETRACE_LOKI_URL",
  "DUNETRACE_LOKI_TENANT",
  "DUNETRACE_LOKI_USERNAME",
  "DUNETRACE_LOKI_PASSWORD",
  "DUNETRACE_LOKI_TOKEN",
  "DUNETRACE_LOKI_SELECTOR",
  "DUNETRACE_COLLECTOR_KEY",
  "DUNETRACE_POLICY_SECRET",
  "DUNETRACE_QUEUE_PATH",
  "DUNETRACE_OMIT_LLM_OUTPUT_TEXT",
]);

function nearest(name: string, valid: readonly string[]): string {
  const wanted = name.toLowerCase();
  return valid.find((one) => one.toLowerCase() === wanted) ?? closest(name, valid);
}

/** deployment.environment.name, or its older name, of OpenTelemetry's resource attributes. */
function otelEnvironment(environment: Environment): string | undefined {
  const attributes = new Map<string, string>();
  for (const pair of (environment.OTEL_RESOURCE_ATTRIBUTES ?? "").split(",")) {
    const at = pair.indexOf("=");
    if (at > 0) attributes.set(pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim()));
  }
  return attributes.get("deployment.environment.name") ?? attributes.get("deployment.environment");
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not percent-encoded after all: the text stands for itself.
    return value;
  }
}
