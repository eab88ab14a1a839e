import type { Command } from "commander";
import type { Baselines } from "../../core/baselines";
import type { DetectorConfig } from "../../core/detectors";
import { Judging } from "../../core/judging";
import { LazyPrices } from "../../sdk/prices";
import { SDK_VERSION } from "../../sdk/version";
import { collectorKey } from "../collect/key";
import { storeCollector } from "../collect/storeCollector";
import { loadBaselineDocument } from "../config/baselines";
import { loadDetectors } from "../config/detectors";
import { Feed } from "../dev/feed";
import type { Session } from "../dev/follow";
import type { Notice, OpenInputs } from "../dev/inputs";
import { LokiFeed } from "../dev/lokiFeed";
import { followPlain, followScreen } from "../dev/session";
import { openDevStore, recall, serveStore } from "../dev/store";
import { Watch } from "../dev/watch";
import { UsageError } from "../errors";
import { displayName, findInputs, STDIN } from "../input/open";
import { ReadLog } from "../input/readLog";
import type { Io } from "../io";
import { type Address, listenAddress } from "../listenAddress";
import { connectLoki, lokiUrl } from "../loki/connect";
import { addLoki, type LokiOptions } from "../loki/options";
import { addJudging, amount, type JudgingOptions, wholeNumber } from "../options";
import { styleOf } from "../output/style";
import { detectorDocument, type PageSettings } from "../page/settings";

interface DevOptions extends JudgingOptions, LokiOptions {
  readonly stallAfter: number;
  readonly keep: number;
  readonly plain?: boolean;
  readonly listen?: Address;
  readonly open: boolean;
  readonly data?: string;
}

/** How far back runs of a Loki are shown when watching begins, ms. */
const SINCE_MS = 15 * 60_000;

/** `dunetrace dev`: runs as they happen, signals when they fire. */
export function registerDev(program: Command, io: Io): void {
  const command = program
    .command("dev")
    .description("Watch runs as they happen: follows files or a Loki, reads what is piped in, takes what is pushed.")
    .argument("[files...]", "files to follow; - is stdin, which is also read when lines are piped in")
    .option("--stall-after <seconds>", "a run without a line for so long is stalled", amount("seconds"), 90)
    .option("--keep <n>", "how many runs to keep on the screen", wholeNumber(1), 500)
    .option("--listen <host:port>", "serve the page, answer as a Loki, and take what agents push", listenAddress)
    .option("--data <folder>", "where to keep the lines for the next time; in memory without it")
    .option("--no-open", "do not open the page in the browser")
    .option("--plain", "print lines even on a terminal");
  addLoki(addJudging(command, ["table", "ndjson"]), "15m").action(async (files: string[], options: DevOptions) => {
    const notices: Notice[] = [];
    const source = await sourceOf(files, options, io);
    const { watch, settings, ...judging } = await openWatch(options, source.reading, io);
    const store = openDevStore(options.data, io, notices);
    const collector =
      options.listen === undefined ? undefined : storeCollector({ store, io, ...judging, apiKey: collectorKey(io) });
    try {
      if (options.data !== undefined) {
        await recall(store, watch, { keep: options.keep, agent: options.agent, now: io.now() });
      }
      const address =
        options.listen === undefined
          ? undefined
          : await serveStore(store, options.listen, { settings, collector: collector?.routes });
      if (address !== undefined && options.open && io.stdout.isTTY) io.openBrowser(`${address}/`);
      const log = new ReadLog(io.stderr);
      const { reading } = source;
      const style = styleOf(io.stdout, io.env, options.color);
      await show({ open: source.open(watch, log), reading, store, address, notices, watch, log, style, io }, options);
    } finally {
      collector?.close();
      await store.close();
    }
  });
}

async function show(session: Session, options: DevOptions): Promise<void> {
  const { io } = session;
  const wantsScreen = options.format === "table" && options.plain !== true && io.stdout.isTTY;
  const keyboard = wantsScreen ? io.openKeyboard() : undefined;
  if (keyboard !== undefined) await followScreen(session, keyboard);
  else await followPlain(session, options.format === "ndjson" ? "ndjson" : "table");
}

interface Source {
  /** In words, for the title of the screen. */
  readonly reading: string;
  open(watch: Watch, log: ReadLog): OpenInputs;
}

/** @throws UsageError when there is nothing to watch, or too much at once */
async function sourceOf(files: readonly string[], options: DevOptions, io: Io): Promise<Source> {
  if (files.length > 0 && options.loki !== undefined) {
    throw new UsageError("Files and --loki exclude each other; leave one of them out");
  }
  const hasFiles = files.length > 0 || !io.stdin.isTTY;
  const url = options.loki ?? (hasFiles || options.listen !== undefined ? undefined : lokiUrl(options, io));
  if (url !== undefined) {
    const loki = connectLoki(url, options, io);
    const { agent, since: sinceMs = SINCE_MS } = options;
    return {
      reading: `watching ${loki.url}`,
      open: (watch, log) => (hooks) => new LokiFeed({ loki, agent, sinceMs, watch, log, io }, hooks),
    };
  }
  if (!hasFiles && options.listen === undefined) {
    throw new UsageError(
      "Nothing to watch; name a file, pipe lines in (dunetrace demo | dunetrace dev), or name a Loki with --loki",
    );
  }
  const inputs = await findInputs(files.length === 0 && hasFiles ? [STDIN] : files, io, "may come");
  const reading = inputs.length === 0 ? "taking pushes" : `reading ${inputs.map(displayName).join(", ")}`;
  return { reading, open: (_watch, log) => (hooks) => new Feed(inputs, io, log, hooks) };
}

interface Watching {
  readonly watch: Watch;
  readonly detectors: DetectorConfig;
  readonly baselines: Baselines;
  readonly settings: PageSettings;
}

async function openWatch(options: DevOptions, reading: string, io: Io): Promise<Watching> {
  const config = await loadDetectors(options.detectors, io);
  const { baselines, document } = await loadBaselineDocument(options.baselines, io);
  const recorded = options.recorded === true;
  const stallAfterMs = options.stallAfter * 1000;
  const watch = new Watch({
    judging: new Judging({ config, baselines, recorded }),
    prices: new LazyPrices(),
    recorded,
    stallAfterMs,
    keep: options.keep,
    agent_id: options.agent,
  });
  const settings = {
    version: SDK_VERSION,
    detectors: detectorDocument(config),
    baselines: document,
    source: `dunetrace dev, ${reading}`,
    stallAfterMs,
  };
  return { watch, settings, detectors: config, baselines };
}
