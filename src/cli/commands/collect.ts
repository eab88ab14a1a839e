import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parse } from "yaml";
import {
  CLASSIFIED_KINDS,
  type ClassifiedKind,
  type CollectorConfig,
  CollectorConfigError,
  parseCollectorConfig,
} from "../../collector/config/config";
import { OpenBindError } from "../../collector/server/app";
import { BaselineFileError } from "../../core/baselines";
import { DetectorConfigError } from "../../core/detectors";
import { PolicyError } from "../../core/policies";
import { CAPTURE_MODES, type CaptureMode } from "../../core/wire";
import { OptionsError } from "../../sdk/optionValues";
import { isLoopback } from "../../server/sameSite";
import { type CollectSetting, startCollector } from "../collect/start";
import { readText } from "../config/readFile";
import { messageOf, UsageError } from "../errors";
import type { Io } from "../io";
import { type Address, listenAddress } from "../listenAddress";
import { connectLoki } from "../loki/connect";
import { addCommon, amount, type CommonOptions, choice } from "../options";

interface CollectOptions extends CommonOptions {
  readonly listen: Address;
  readonly file?: string;
  readonly stdout?: boolean;
  readonly loki?: string;
  readonly endpoint?: string;
  readonly config?: string;
  readonly detectors?: string;
  readonly baselines?: string;
  readonly capture?: CaptureMode;
  readonly classify: readonly (readonly [string, ClassifiedKind])[];
  readonly excludeSpan: readonly string[];
  readonly innerSpans: boolean;
  readonly forward?: string;
  readonly policies?: string;
  readonly queryLoki?: string;
  readonly grace?: number;
  readonly idle?: number;
}

const HELP = `
Senders need nothing but the address: OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318, and the Python
package DUNETRACE_ENDPOINT=http://127.0.0.1:4318
Set DUNETRACE_COLLECTOR_KEY to ask them for a key; without one only this machine may send.`;

const DEFAULT_LISTEN = "127.0.0.1:4318";

/** `dunetrace collect`: OTLP in, lines out. */
export function registerCollect(program: Command, io: Io): void {
  const command = program
    .command("collect")
    .description("Take OTLP traces, lines and events of agents over HTTP, and write them as the lines of judged runs.")
    .addOption(
      new Option("--listen <host:port>", "where to answer; port 0 takes a free one")
        .argParser(listenAddress)
        .default(listenAddress(DEFAULT_LISTEN), DEFAULT_LISTEN),
    )
    .option("--file <file>", "append lines to this file")
    .option("--stdout", "write lines to stdout")
    .option("--loki <url>", "push lines to this Loki")
    .option("--endpoint <url>", "send lines to another collector, or to dunetrace dev")
    .option("--config <file>", "a collector.yml: agents, names of spans, limits")
    .option("--detectors <file>", "thresholds; default: those built in")
    .option("--baselines <file>", "baselines, looked at again every minute")
    .option("--capture <mode>", `what of the content is written: ${CAPTURE_MODES.join(", ")}`, choice(CAPTURE_MODES))
    .option("--classify <kind=name>", "what spans with this in their name are; may be given again", classification, [])
    .option("--exclude-span <name>", "no span.ended of this name; may be given again", repeated, [])
    .option("--no-inner-spans", "no span.ended at all")
    .option("--forward <url>", "pass accepted requests on, such as to Jaeger", httpUrl)
    .option("--policies <file>", "policies.json, served to agents under /v1/policies and looked at again every minute")
    .option(
      "--query-loki <url>",
      "what /v1/runs, /v1/agents and /v1/signals ask; DUNETRACE_LOKI_* as for other commands",
    )
    .option("--grace <seconds>", "wait after the root of a trace; default: 2", amount("seconds"))
    .option("--idle <seconds>", "wait for a trace that lacks spans; default: 60", amount("seconds"));
  command.addHelpText("after", HELP);
  addCommon(command).action(async (options: CollectOptions) => {
    const setting = settingOf(options, await readConfig(options.config, io), io);
    refuseItself(setting);
    const running = await started(setting, io);
    // Whoever reads that it runs may stop it at once.
    const interrupted = new Promise<void>((resolve) => {
      const off = io.onInterrupt(() => {
        off();
        resolve();
      });
    });
    await io.stderr.write(`Collecting on ${running.url}, lines go to ${running.outputs.join(", ")}\n`);
    await interrupted;
    await running.close();
    await io.stderr.write(`${running.summary()}\n`);
  });
}

function settingOf(options: CollectOptions, config: CollectorConfig, io: Io): CollectSetting {
  const { listen, stdout, file, loki, endpoint, detectors, baselines, capture = config.capture } = options;
  return {
    listen,
    outputs: {
      emitAsJson: stdout,
      file: file && resolve(io.cwd, file),
      loki: loki === undefined ? undefined : lokiOutput(loki, io),
      endpoint,
    },
    judging: { detectors, baselines, capture },
    policies: options.policies,
    query: options.queryLoki === undefined ? undefined : connectLoki(options.queryLoki, {}, io),
    config: {
      ...config,
      classify: [...options.classify, ...config.classify],
      excludeSpans: [...options.excludeSpan, ...config.excludeSpans],
      innerSpans: options.innerSpans ? config.innerSpans : false,
      forward: options.forward ?? config.forward,
      graceMs: ms(options.grace) ?? config.graceMs,
      idleMs: ms(options.idle) ?? config.idleMs,
    },
  };
}

/** What is passed on must not come back: it would go round for ever. */
function refuseItself({ listen: { host, port }, config: { forward } }: CollectSetting): void {
  const to = forward === undefined ? undefined : new URL(forward);
  if (to === undefined || port === 0 || Number(to.port || (to.protocol === "https:" ? 443 : 80)) !== port) return;
  const name = to.hostname.replace(/^\[|\]$/g, "");
  const isHere = isLoopback(host) || host === "0.0.0.0" || host === "::";
  if (name !== host && !(isHere && isLoopback(name))) return;
  throw new UsageError(`--forward ${forward} is this collector itself: name where the other one listens`);
}

/** What waits while a Loki is away: of many agents, so more than one of them would keep. */
const LOKI_QUEUE_BYTES = 64 * 1024 * 1024;

function lokiOutput(url: string, { env }: Pick<Io, "env">): { url: string; maxQueueBytes?: number } {
  const isSet = (env.DUNETRACE_LOKI_PUSH_MAX_QUEUE_BYTES ?? "") !== "";
  return isSet ? { url } : { url, maxQueueBytes: LOKI_QUEUE_BYTES };
}

const ms = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1000);

async function readConfig(file: string | undefined, io: Io): Promise<CollectorConfig> {
  try {
    if (file === undefined) return parseCollectorConfig({}, "the defaults");
    return parseCollectorConfig(yamlOf(await readText(file, io), file), file);
  } catch (error) {
    if (error instanceof CollectorConfigError) throw new UsageError(error.message);
    throw error;
  }
}

function yamlOf(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not valid YAML: ${messageOf(error).split("\n")[0]}`);
  }
}

/** What the options and their files can have wrong is the user's to mend. */
async function started(setting: CollectSetting, io: Io): ReturnType<typeof startCollector> {
  try {
    return await startCollector(setting, io);
  } catch (error) {
    for (const known of [OptionsError, DetectorConfigError, BaselineFileError, PolicyError, OpenBindError]) {
      if (error instanceof known) throw new UsageError(error.message);
    }
    if (error instanceof Error && error.message.startsWith("cannot listen")) throw new UsageError(error.message);
    throw error;
  }
}

function classification(
  text: string,
  before: readonly (readonly [string, ClassifiedKind])[],
): readonly (readonly [string, ClassifiedKind])[] {
  const at = text.indexOf("=");
  const kind = CLASSIFIED_KINDS.find((known) => known === text.slice(0, at));
  const name = text.slice(at + 1);
  if (kind === undefined || name === "") {
    throw new InvalidArgumentError(`It must be KIND=NAME with a kind of ${CLASSIFIED_KINDS.join(", ")}.`);
  }
  return [...before, [name, kind]];
}

function httpUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : "";
  if (protocol === "http:" || protocol === "https:") return text;
  throw new InvalidArgumentError("It must be an http or https URL, such as http://jaeger:4318.");
}

const repeated = (text: string, before: readonly string[]): readonly string[] => [...before, text];
