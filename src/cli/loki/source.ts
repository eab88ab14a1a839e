import { duration } from "../../core/detectors/words";
import type { KnownRun, ListRequest } from "../../logql/readers";
import { LazyPrices } from "../../sdk/prices";
import { REDUCTION } from "../../sdk/reduction";
import { UsageError } from "../errors";
import { lineReader } from "../input/lineReader";
import { bytesOf, displayName, findInputs, type InputFile } from "../input/open";
import { Progress } from "../input/progress";
import { readable } from "../input/readable";
import type { ReadLog } from "../input/readLog";
import { LineSplitter } from "../input/splitter";
import type { Io } from "../io";
import { connectLoki, lokiUrl } from "./connect";
import type { LokiOptions } from "./options";
import { PrivateStore } from "./privateStore";

/** Where the runs of a command come from: a Loki, or files in a private embedded store. */
export interface LokiSource extends ListRequest {
  /** Where and how far back was looked, as the end of a sentence; undefined of files, which are read whole. */
  readonly searched: string | undefined;
  /** Runs that no list shows; of a Loki they are not known. */
  unlisted(listed: ReadonlySet<string>): readonly KnownRun[];
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NANOS_PER_MS = 1_000_000n;

/**
 * Opens what a command reads: the files it names, else the Loki it is told.
 *
 * @throws UsageError when there is neither, or both, or a file cannot be read
 */
export async function openSource(
  files: readonly string[],
  options: LokiOptions,
  log: ReadLog,
  io: Io,
): Promise<LokiSource> {
  if (files.length > 0 && options.loki !== undefined) {
    throw new UsageError("Files and --loki exclude each other; leave one of them out");
  }
  if (files.length > 0) return loadFiles(await findInputs(files, io), log, io);
  const url = lokiUrl(options, io);
  if (url === undefined) {
    throw new UsageError("Nothing to read; name files, or a Loki: --loki http://localhost:3100");
  }
  const { api, scope, url: place } = connectLoki(url, options, io);
  const now = io.now();
  const sinceMs = options.since ?? DAY_MS;
  return {
    api,
    scope,
    start: BigInt(now - sinceMs) * NANOS_PER_MS,
    // Clocks of agents may be a little ahead of this one.
    end: BigInt(now + MINUTE_MS) * NANOS_PER_MS,
    now: BigInt(now) * NANOS_PER_MS,
    prices: new LazyPrices(),
    reduction: REDUCTION,
    searched: `in the last ${duration(sinceMs)} at ${place}; --since looks further back, --selector and --tenant elsewhere`,
    unlisted: () => [],
    close: async () => undefined,
  };
}

async function loadFiles(inputs: readonly InputFile[], log: ReadLog, io: Io): Promise<LokiSource> {
  const lines = new PrivateStore(() => io.now());
  const progress = new Progress(io);
  for (const file of inputs) {
    const name = displayName(file);
    const splitter = new LineSplitter(lineReader(name, log, lines.take));
    let read = 0;
    const bytes = bytesOf(file, io, (count) => {
      read = count;
    });
    for await (const chunk of readable(bytes, log)) {
      splitter.push(chunk);
      if (log.hasNews) await progress.clear();
      await log.flush();
      await progress.update(name, read, file.size);
    }
    splitter.end();
    log.finished(name);
  }
  lines.flush();
  await progress.clear();
  await log.flush();
  for (const { agent_id } of lines.runs.values()) log.sawAgent(agent_id);
  log.rawLines += lines.rawLines;
  const isEmpty = lines.last < lines.first;
  const last = isEmpty ? 0n : BigInt(lines.last) * 1000n;
  return {
    api: lines.store.api(),
    scope: {},
    start: isEmpty ? 0n : BigInt(lines.first) * 1000n,
    end: last + 1n,
    // No line can come any more.
    now: last + BigInt(DAY_MS) * NANOS_PER_MS,
    prices: new LazyPrices(),
    reduction: REDUCTION,
    searched: undefined,
    unlisted: (listed) => lines.unlisted(listed),
    close: () => lines.store.close(),
  };
}
