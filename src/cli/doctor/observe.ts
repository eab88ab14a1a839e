import { BASELINE_FACTS } from "../../core/baselines";
import { type Line, parseLine, type UnknownLine } from "../../core/wire";
import type { LogEntry, LokiApi } from "../../logql/api";
import { baselineP75, finishedRuns, type Scope } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import type { SeenCollector } from "./collectorMetrics";
import { newestLines } from "./newestLines";
import type { BadLine, MetLimit, Observations, SeenLine, Terminal, WatchedFile } from "./observations";
import { answerOf, tried } from "./probe";
import { type Range, rangeUpTo } from "./range";
import { asksForStrays, findStrays } from "./strays";

/** As many as Loki gives at once by default; asking for them also shows whether it does. */
const PAGE = 5000;

export interface Asked {
  readonly api: LokiApi;
  readonly scope: Scope;
  readonly url: string;
  /** What the Loki says of itself. */
  version(): Promise<string>;
  /** Wall clock, ms. */
  readonly now: number;
  /** How far back to look, ms. */
  readonly sinceMs: number;
  rulesOf(agent_id: string): string;
  /** Looks for the lines of the files that were named. */
  watch(): Promise<readonly WatchedFile[]>;
  /** Asks the collector that was named. */
  collector(): Promise<SeenCollector | undefined>;
}

/**
 * Looks at a Loki: a handful of small queries over our lines, and one over those of others when ours are missing. What
 * goes wrong before the first answer is `unreachable`; after it, every query stands for itself, and one that fails leaves
 * its own part unknown.
 *
 * @throws UsageError when a file cannot be read
 */
export async function observe(asked: Asked): Promise<Observations> {
  const { api, scope, now, sinceMs, url, rulesOf } = asked;
  const limits: MetLimit[] = [];
  const nothing: Observations = {
    url,
    sinceMs,
    rulesOf,
    now: now * 1000,
    version: undefined,
    unreachable: undefined,
    lines: [],
    bad: [],
    limits,
    terminals: [],
    terminalsCut: false,
    agents: [],
    strays: [],
    strayError: undefined,
    files: [],
    collector: await asked.collector(),
  };
  const newest = await answerOf(() => newestLines(api, scope, rangeUpTo(now, sinceMs), limits));
  if (newest instanceof LokiError) return { ...nothing, unreachable: newest };
  const { entries, range } = newest;
  const terminals = await terminalLines(asked, range, limits);
  await tryBaseline(asked, range, limits);
  const seen: Observations = {
    ...nothing,
    ...readAll(entries),
    version: await versionOf(asked),
    terminals,
    terminalsCut: terminals !== undefined && terminals.length >= PAGE,
    agents: await tried("the names of agents", limits, () => api.labelValues("agent_id", range)),
    files: await asked.watch(),
  };
  if (!asksForStrays(seen)) return seen;
  const strays = await findStrays(api, scope, range);
  return strays instanceof LokiError ? { ...seen, strayError: strays } : { ...seen, strays };
}

/** A proxy in front of a Loki may hide what it says of itself. */
async function versionOf(asked: Asked): Promise<string | undefined> {
  const version = await answerOf(() => asked.version());
  return version instanceof LokiError ? undefined : version;
}

/** Newest first. Foreign lines of a shared stream are none of ours. */
function readAll(entries: readonly LogEntry[]): { lines: SeenLine[]; bad: BadLine[] } {
  const lines: SeenLine[] = [];
  const bad: BadLine[] = [];
  for (const { line: text, ts, labels } of entries) {
    const parsed = parseLine(text);
    if (parsed.ok) lines.push({ line: parsed.line, stored: Number(ts / 1000n), labels });
    else if (parsed.kind !== "foreign" && parsed.kind !== "blank")
      bad.push({ kind: parsed.kind, reason: parsed.reason });
  }
  return { lines, bad };
}

function isTerminal(line: Line | UnknownLine): line is Terminal {
  return !("unknown" in line) && (line.event_type === "run.completed" || line.event_type === "run.errored");
}

/** The query of lists, with the largest page: a lowered limit shows here. */
async function terminalLines(
  { api, scope }: Asked,
  { start, end }: Range,
  limits: MetLimit[],
): Promise<readonly Terminal[] | undefined> {
  const entries = await tried("lists of runs", limits, () =>
    api.logs({ query: finishedRuns(scope), start, end, limit: PAGE, direction: "backward" }),
  );
  if (entries === undefined) return undefined;
  return readAll(entries).lines.flatMap(({ line }) => (isTerminal(line) ? [line] : []));
}

/** The longest window that any query of the product has: seven days. */
async function tryBaseline({ api, scope }: Asked, { now }: Range, limits: MetLimit[]): Promise<void> {
  const [fact] = BASELINE_FACTS;
  if (fact === undefined) return;
  const query = baselineP75(scope, fact, { per: "version" });
  await tried("baselines", limits, () => api.instant({ query, time: now }));
}
