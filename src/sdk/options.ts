import type { PriceOverrides } from "../core/prices";
import type { CaptureMode } from "../core/wire";
import type { Clock } from "./clock";
import type { LokiPushOptions } from "./sinks/lokiOptions";
import type { PinoDestination, PinoLogger } from "./sinks/pino";

/**
 * What a client can be told. Every option but `logger` and `clock` can also come from the environment, as `DUNETRACE_` and
 * its name in upper snake case (`emitAsJson`: `DUNETRACE_EMIT_AS_JSON=true`), those within `loki` as `DUNETRACE_LOKI_PUSH_`
 * and theirs (`loki.url`: `DUNETRACE_LOKI_PUSH_URL`); an option given in code wins. Lists are separated by commas there, and
 * `tags` are written `key=value,key=value`.
 */
export interface DunetraceOptions {
  /** The agent's id where a run names none. Default: the function's name, or `agent`. */
  readonly agentId?: string | undefined;
  /** Write lines to stdout. Default: false, because stdout belongs to stdio servers and command-line agents. */
  readonly emitAsJson?: boolean | undefined;
  /** Append lines to this file; it and its folders are created. It may be rotated. */
  readonly file?: string | undefined;
  /**
   * How stdout and file are written. `sync` (default): one write per line, nothing lost even on kill -9. `batched`: by size
   * and time, on exit and on a crash; kill -9 loses at most `flushIntervalMs`.
   */
  readonly writeMode?: "sync" | "batched" | undefined;
  /** The longest a line waits with `batched`, ms. Default: 200. */
  readonly flushIntervalMs?: number | undefined;
  /** A pino logger or destination: lines go to its stream as they are. */
  readonly logger?: PinoLogger | PinoDestination | undefined;
  /** Direct push to Loki, where no shipper can run: `{ url: "http://localhost:3100" }`. */
  readonly loki?: LokiPushOptions | undefined;
  /** Base URL of a collector: lines are sent to `{endpoint}/v1/events`. */
  readonly endpoint?: string | undefined;
  /** Bearer key for `endpoint`. */
  readonly apiKey?: string | undefined;
  /**
   * How much may wait in memory for an output that is slow or away; lines beyond it are dropped. Default: 8 MiB. `loki` has
   * a bound of its own.
   */
  readonly maxQueueBytes?: number | undefined;
  /**
   * What of the content leaves the process. `hash` (default): hashes and lengths. `shape`: names and kinds of arguments
   * too. `full`: raw text, with secrets redacted by key.
   */
  readonly capture?: CaptureMode | undefined;
  /** Keys the hashes (HMAC): without it whoever has the lines can find out short texts by trying. */
  readonly hashKey?: string | undefined;
  /** Version of the agents. Default: a fingerprint of system prompt, model and tools. */
  readonly version?: string | undefined;
  /** Written as the tag `environment`. Default: deployment.environment.name of OTEL_RESOURCE_ATTRIBUTES. */
  readonly environment?: string | undefined;
  /** Tags of all runs; only those whose key is in `tagKeys` are written. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Keys of tags that may be written. `environment` always may. */
  readonly tagKeys?: readonly string[] | undefined;
  /** Tools that wait for a person: their time is no slow step. */
  readonly humanTools?: readonly string[] | undefined;
  /** Path of a detectors.yml, or its parsed content. */
  readonly detectors?: string | object | undefined;
  /** Path of a baselines.json, looked at again every minute, or its parsed content. */
  readonly baselines?: string | object | undefined;
  /** Path of a policies.json, looked at again every minute, or its parsed content. `addPolicy` adds single ones. */
  readonly policies?: string | object | undefined;
  /**
   * Prices of one's own in USD per million tokens by model, or the path of a JSON file with them. All other models go by
   * the table of `@pydantic/genai-prices`, which is loaded synchronously by the first model call, before its time is
   * taken: some 30 to 80 ms, once per process.
   */
  readonly prices?: string | PriceOverrides | undefined;
  /**
   * Base URL of Grafana, its path included where it is served below one: gives runs their `url`, which opens the run in
   * the Dunetrace app there. The app has to be installed in that Grafana, with a data source that has the run's lines.
   */
  readonly grafanaUrl?: string | undefined;
  /** The longest line, bytes. Default: 16,000, because container runtimes split longer ones. */
  readonly maxLineBytes?: number | undefined;
  /** Flush on SIGTERM, SIGINT and SIGHUP, up to 1 s where lines are sent, then let the signal act. Default: false. */
  readonly flushOnSignals?: boolean | undefined;
  /** Tell on stderr, once per kind, what goes wrong inside the SDK. Default: false. */
  readonly debug?: boolean | undefined;
  /** Tells the time in µs since the Unix epoch, for tests and replays. Default: the system's clock. */
  readonly clock?: Clock | undefined;
}

/** What a run is opened with. Content (input, prompt, user id) is hashed in the process. */
export interface RunOptions {
  /** The user's input; anything but text counts as its JSON. */
  readonly userInput?: unknown;
  /** Enters the fingerprint of the agent's version and nothing else. */
  readonly systemPrompt?: string | undefined;
  readonly model?: string | undefined;
  /** Names of the tools the agent may call; [] when there are none, left out when unknown. */
  readonly tools?: readonly string[] | undefined;
  /** Tools that wait for a person, besides those of the client. */
  readonly humanTools?: readonly string[] | undefined;
  /** Who the run is for; only its hash is written. */
  readonly userId?: string | undefined;
  /** Conversation or thread; written as it is. */
  readonly sessionId?: string | undefined;
  /** Only those whose key is in the client's `tagKeys` are written. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Version of the agent. Default: that of the client, else a fingerprint. */
  readonly version?: string | undefined;
  /** Default: a new UUID. */
  readonly runId?: string | undefined;
  /** Default: the run this one is opened in. */
  readonly parentRunId?: string | undefined;
  readonly traceId?: string | undefined;
  /** What kind of run it is. Default: `run`. */
  readonly kind?: string | undefined;
  /** The integration that tells the run, such as `langchain`. */
  readonly source?: string | undefined;
  /** Flat details of the run; written as they are. */
  readonly attrs?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}
