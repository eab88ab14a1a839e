import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type OpenedStore, openStore, STORE_DEFAULTS, StoreError, type StoreOptions } from "../../loki";
import { messageOf, UsageError } from "../errors";
import type { Io } from "../io";
import { type Address, listenAddress } from "../listenAddress";
import { addCommon, type CommonOptions } from "../options";

interface LokiOptions extends CommonOptions {
  readonly listen: Address;
  readonly data?: string;
  readonly retention: number;
  readonly maxSize?: number;
  readonly cache: number;
}

const DEFAULT_LISTEN = "127.0.0.1:3100";
const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const UNIT_BYTES: Readonly<Record<string, number>> = { MiB: 2 ** 20, MB: 2 ** 20, GiB: 2 ** 30, GB: 2 ** 30 };

/** `dunetrace loki`: the embedded store on its own, for shippers and Grafana on a laptop. */
export function registerLoki(program: Command, io: Io): void {
  const command = program
    .command("loki")
    .description("Serve a small Loki for development: push, query, labels. Production is a real Loki.")
    .addOption(
      new Option("--listen <host:port>", "where to answer; port 0 takes a free one")
        .argParser(listenAddress)
        .default(listenAddress(DEFAULT_LISTEN), DEFAULT_LISTEN),
    )
    .option("--data <folder>", "where to keep the lines; without it they are gone at the end")
    .addOption(
      new Option("--retention <time>", "how long to keep lines, such as 12h or 30d")
        .argParser(duration)
        .default(STORE_DEFAULTS.retentionMs, "7d"),
    )
    .option("--max-size <size>", "how much to keep; 4GB with --data, 512MB without", size)
    .addOption(
      new Option("--cache <size>", "memory for lines that were read from the folder")
        .argParser(size)
        .default(STORE_DEFAULTS.cacheBytes, "128MB"),
    );
  addCommon(command).action(async (options: LokiOptions) => {
    const store = opened(options, io);
    try {
      await serve(store, options, io);
    } finally {
      await store.close();
    }
  });
}

function opened({ data, retention, maxSize, cache }: LokiOptions, io: Io): OpenedStore {
  const options: StoreOptions = {
    retentionMs: retention,
    cacheBytes: cache,
    clock: io.now,
    report: (message) => {
      // With stderr closed there is nobody left to tell.
      io.stderr.write(`dunetrace: ${message}\n`).catch(() => undefined);
    },
    ...(data === undefined ? {} : { dir: resolve(io.cwd, data) }),
    ...(maxSize === undefined ? {} : { maxBytes: maxSize }),
  };
  try {
    return openStore(options);
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(sentence(error.message));
    throw error;
  }
}

async function serve(store: OpenedStore, { listen, data }: LokiOptions, io: Io): Promise<void> {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolved) => {
    stop = resolved;
  });
  const off = io.onInterrupt(stop);
  try {
    const { url } = await store.serve(listen).catch((error: unknown) => {
      throw new UsageError(sentence(messageOf(error)));
    });
    const kept = data === undefined ? "in memory, gone at the end; --data keeps them" : resolve(io.cwd, data);
    await io.stdout.write(
      [
        `Loki for development on ${url}`,
        `Lines    ${kept}`,
        `Push     ${url}/loki/api/v1/push (JSON)`,
        `Grafana  add a Loki datasource with the URL ${url}`,
        `Runs     dunetrace runs --loki ${url}`,
        "",
      ].join("\n"),
    );
    await stopped;
  } finally {
    off();
  }
}

function duration(text: string): number {
  const match = /^(\d+)([mhdw])$/.exec(text);
  const ms = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ""] ?? 0);
  if (!(ms > 0)) throw new InvalidArgumentError("It must be a time such as 90m, 12h, 7d or 4w.");
  return ms;
}

/** Sizes below one block of a file make no sense. */
function size(text: string): number {
  const match = /^(\d+)(MB|MiB|GB|GiB)$/.exec(text);
  const bytes = Number(match?.[1]) * (UNIT_BYTES[match?.[2] ?? ""] ?? 0);
  if (!(bytes > 0)) throw new InvalidArgumentError("It must be a size such as 500MB or 4GB.");
  return bytes;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
