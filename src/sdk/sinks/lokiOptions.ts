import { closest } from "fastest-levenshtein";
import { flag, OptionsError, type Read, secret, text, textsByKey, url, wholeWithin } from "../optionValues";

/**
 * Direct push to Loki, without a shipper. Each can also come from the environment: `DUNETRACE_LOKI_PUSH_` and its name in
 * upper snake case (`batchWaitMs`: `DUNETRACE_LOKI_PUSH_BATCH_WAIT_MS`); one given in code wins. `DUNETRACE_LOKI_URL`, which
 * the command line reads from, makes no agent push.
 */
export interface LokiPushOptions {
  /** Base URL of Loki: lines are sent to `{url}/loki/api/v1/push`. */
  readonly url?: string | undefined;
  /** Sent as X-Scope-OrgID: needed where Loki runs with `auth_enabled`. */
  readonly tenant?: string | undefined;
  /** With `password`: basic authentication. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Bearer token, instead of `username` and `password`. */
  readonly bearerToken?: string | undefined;
  /** Labels of every stream besides agent_id and event_type, such as { cluster: "eu" }: at most 12. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Send the run_id as structured metadata too. Default: false. */
  readonly runIdMetadata?: boolean | undefined;
  /** Lines wait this long for others to go with them, ms. Default: 250. */
  readonly batchWaitMs?: number | undefined;
  /** What one request carries, bytes of lines before gzip. Default: 1 MiB. */
  readonly maxBatchBytes?: number | undefined;
  /** What may wait while Loki is slow or away, bytes; lines beyond it are dropped. Default: 8 MiB. */
  readonly maxQueueBytes?: number | undefined;
  /** The longest to wait for an answer, ms. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
}

type Types = { [K in keyof Required<LokiPushOptions>]: NonNullable<LokiPushOptions[K]> };
type Name = keyof Types;
const DEFAULTS = {
  runIdMetadata: false,
  batchWaitMs: 250,
  maxBatchBytes: 2 ** 20,
  maxQueueBytes: 8 * 2 ** 20,
  timeoutMs: 10_000,
};

/** Options as the sink goes by them. */
export type ResolvedLoki = { readonly [K in Name]: Types[K] | undefined } & typeof DEFAULTS & { readonly url: string };

const PUSH_PATH = "/loki/api/v1/push";
/** Loki takes 15 labels per stream; agent_id, event_type and its own service_name are three of them. */
const MAX_LABELS = 12;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

const baseUrl: Read<string> = (value, place, isVariable) => {
  const address = url(value, place, isVariable);
  const { username, password, search, hash } = new URL(address);
  if (username !== "" || password !== "") {
    throw new OptionsError(`${place} must not hold a user name or password: pass them as username and password.`);
  }
  if (search !== "" || hash !== "") throw new OptionsError(`${place} must be a base URL, without ? and #.`);
  return address.endsWith(PUSH_PATH) ? address.slice(0, -PUSH_PATH.length) : address;
};

const header: Read<string> = (value, place, isVariable) => {
  const found = secret(value, place, isVariable);
  if (/^[\x21-\x7e]+$/.test(found)) return found;
  throw new OptionsError(`${place} must be printable ASCII without spaces, because it is sent as an HTTP header.`);
};

const labels: Read<Readonly<Record<string, string>>> = (value, place, isVariable) => {
  const found = textsByKey(value, place, isVariable);
  for (const [name, label] of Object.entries(found)) {
    const shown = JSON.stringify(name.slice(0, 60));
    if (name === "agent_id" || name === "event_type") {
      throw new OptionsError(`${place} names ${shown}, which is taken from each line. Leave it out.`);
    }
    if (!LABEL_NAME.test(name) || name.startsWith("__")) {
      throw new OptionsError(`${place} names ${shown}: use letters, digits and _, no digit first and no leading __.`);
    }
    if (label === "") throw new OptionsError(`${place} has no value for ${shown}. Give it one or leave it out.`);
  }
  const count = Object.keys(found).length;
  if (count > MAX_LABELS) throw new OptionsError(`${place} has ${count} labels, but Loki takes ${MAX_LABELS} here.`);
  return found;
};

const READERS: { readonly [K in Name]: Read<Types[K]> } = {
  url: baseUrl,
  tenant: header,
  username: text,
  password: secret,
  bearerToken: header,
  labels,
  runIdMetadata: flag,
  batchWaitMs: wholeWithin(1, 60_000),
  maxBatchBytes: wholeWithin(1024, 64 * 2 ** 20),
  maxQueueBytes: wholeWithin(65_536, 2 ** 30),
  timeoutMs: wholeWithin(100, 300_000),
};
const NAMES = Object.keys(READERS);

const variableOf = (name: string): string =>
  `DUNETRACE_LOKI_PUSH_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** The environment variables that are read here. */
export const PUSH_VARIABLES: readonly string[] = NAMES.map(variableOf);

function refuseUnknown(given: object): void {
  for (const name of Object.keys(given)) {
    if (NAMES.includes(name)) continue;
    throw new OptionsError(`Unknown option "loki.${name}". Did you mean "loki.${closest(name, NAMES)}"?`);
  }
}

/**
 * Reads the option `loki` and its environment variables.
 *
 * @returns undefined when neither says where Loki is
 * @throws OptionsError on an unknown option, naming the nearest one, and on a value that is not valid
 */
export function resolveLoki(
  given: LokiPushOptions | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): ResolvedLoki | undefined {
  if (given !== undefined && (typeof given !== "object" || given === null || Array.isArray(given))) {
    throw new OptionsError('The option "loki" must be an object, such as { url: "http://localhost:3100" }.');
  }
  if (given !== undefined) refuseUnknown(given);
  const read = <K extends Name>(name: K): Types[K] | undefined => {
    const value: unknown = given?.[name];
    if (value !== undefined) return READERS[name](value, `The option "loki.${name}"`, false);
    const variable = variableOf(name);
    const found = environment[variable];
    if (found === undefined || found === "") return undefined;
    return READERS[name](found, `The environment variable ${variable}`, true);
  };
  const base = read("url");
  if (base === undefined) {
    if (given === undefined) return undefined;
    throw new OptionsError('The option "loki" has no url. Add one, such as "http://localhost:3100".');
  }
  const username = read("username");
  const password = read("password");
  const bearerToken = read("bearerToken");
  if ((username === undefined) !== (password === undefined)) {
    throw new OptionsError('The options "loki.username" and "loki.password" go together, but one is missing.');
  }
  if (username !== undefined && bearerToken !== undefined) {
    throw new OptionsError('Pass either "loki.bearerToken" or "loki.username" and "loki.password", not both.');
  }
  return {
    url: base,
    tenant: read("tenant"),
    username,
    password,
    bearerToken,
    labels: read("labels"),
    runIdMetadata: read("runIdMetadata") ?? DEFAULTS.runIdMetadata,
    batchWaitMs: read("batchWaitMs") ?? DEFAULTS.batchWaitMs,
    maxBatchBytes: read("maxBatchBytes") ?? DEFAULTS.maxBatchBytes,
    maxQueueBytes: read("maxQueueBytes") ?? DEFAULTS.maxQueueBytes,
    timeoutMs: read("timeoutMs") ?? DEFAULTS.timeoutMs,
  };
}
