import { BASELINE_FACTS } from "../../core/baselines";
import { type Line, type Micros, parseLine, type UnknownLine } from "../../core/wire";
import type { LogEntry, LokiApi } from "../../logql/api";
import { baselineP75, finishedRuns, type Scope } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import { newestLines } from "./newestLines";
import type { BadLine, MetLimit, Observations, SeenLine, Terminal } from "./observations";
import { type Range, rangeUpTo } from "./range";
import { findStrays } from "./strays";

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
}

/** Looks at a Loki: a handful of small queries. Errors of the connection become a part of what was seen. */
export async function observe(asked: Asked): Promise<Observations> {
  const { api, scope, now, sinceMs } = asked;
  const { url, rulesOf } = asked;
  const nothing = { url, sinceMs, rulesOf, now: now * 1000, version: undefined, unreachable: undefined, files: [] };
  try {
    const limits: MetLimit[] = [];
    const { entries, range } = await newestLines(api, scope, rangeUpTo(now, sinceMs), limits);
    const { lines, bad } = readAll(entries);
    const terminals = await terminalLines(asked, range, limits);
    await tryBaseline(asked, range, limits);
    return {
      ...nothing,
      version: await versionOf(asked),
      lines,
      bad,
      limits,
      terminals,
      terminalsCut: terminals.length >= PAGE,
      agents: await api.labelValues("agent_id", range),
      strays: await findStrays(api, scope, range),
    };
  } catch (error) {
    if (!(error instanceof LokiError)) throw error;
    return {
      ...nothing,
      unreachable: error,
      lines: [],
      bad: [],
      limits: [],
      terminals: [],
      terminalsCut: false,
      agents: [],
      strays: [],
    };
  }
}

/** A proxy in front of a Loki may hide what it says of itself. */
async function versionOf(asked: Asked): Promise<string | undefined> {
  try {
    return await asked.version();
  } catch (error) {
    if (error instanceof LokiError) return undefined;
    throw error;
  }
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
): Promise<readonly Terminal[]> {
  const entries = await tried("lists of runs", limits, () =>
    api.logs({ query: finishedRuns(scope), start, end, limit: PAGE, direction: "backward" }),
  );
  return readAll(entries ?? []).lines.flatMap(({ line }) => (isTerminal(line) ? [line] : []));
}

/** The longest window that any query of the product has: seven days. */
async function tryBaseline({ api, scope }: Asked, { now }: Range, limits: MetLimit[]): Promise<void> {
  const [fact] = BASELINE_FACTS;
  if (fact === undefined) return;
  const query = baselineP75(scope, fact, { per: "version" });
  await tried("baselines", limits, () => api.instant({ query, time: now }));
}

/** A limit that is met is noted; anything else that goes wrong is for the caller. */
async function tried<T>(question: string, limits: MetLimit[], ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof LokiError) || (error.kind !== "limit" && error.kind !== "refused")) throw error;
    limits.push({ question, error });
    return undefined;
  }
}

/** µs of an entry's own time, for comparing a file with what arrived. */
export function ownTime(line: Line | UnknownLine): Micros {
  return line.written ?? line.time;
}
