import type { Nanos } from "../../api";
import { type IdentityFilter, runsWithoutVerdicts, type SignalFilter } from "../../builders";
import {
  type Cut,
  collectLogs,
  listRuns,
  listSignals,
  type ReadEntry,
  type RunSummary,
  type RunsCursor,
  type RunsPage,
  type SignalRow,
} from "../../readers";
import { isEnd, lineOf, summarise } from "../../readers/runSummary";
import { type Answerer, type AskContext, millisOf, modeOf, nowOf, spanOf } from "../context";
import type { ListedSignal, SignalItem, SignalsAnswer, SignalsQuestion } from "../questions";
import { evidenceStep } from "../verdicts/evidenceStep";
import { explainedByItself } from "../verdicts/explained";
import { type TellRequest, type ToldRun, tellRuns } from "../verdicts/tell";
import { wantedSignals } from "../verdicts/wanted";

const LIMIT = 100;
/** Where verdicts are computed, a page looks at so many runs at most. */
const MOST_LOOKED_AT = 2000;
/** Runs without verdicts are judged by their events, so many of a page. */
const MOST_WITHOUT = 200;

/** A signal and its place in lists. */
interface Placed {
  readonly ts: Nanos;
  readonly item: SignalItem;
}

interface PlacedPage extends Omit<SignalsAnswer, "signals"> {
  readonly placed: readonly Placed[];
}

/** Signals, newest first. */
export const signals: Answerer<"signals"> = async (question, context, signal) => {
  const mode = modeOf(context, question.mode);
  if (mode === "computed") return shown(await computed(question, context, signal));
  const page = await recorded(question, context, signal);
  return shown(mode === "auto" ? await withComputed(page, question, context, signal) : page);
};

function shown({ placed, ...page }: PlacedPage): SignalsAnswer {
  return { ...page, signals: placed.map(({ item }) => item) };
}

async function recorded(
  { range, filter, limit = LIMIT, cursor }: SignalsQuestion,
  context: AskContext,
  signal: AbortSignal | undefined,
): Promise<PlacedPage> {
  const { scope, stallAfterMs } = context.settings;
  const request = { ...spanOf(range), scope, filter, limit, cursor, now: nowOf(context), stallAfterMs, signal };
  const page = await listSignals(context.api, request);
  const ended = new Map(page.signals.flatMap(({ run }) => (run === undefined ? [] : [[run.run_id, run] as const])));
  const told = await tellRuns([...ended.values()], context, { ...spanOf(range), mode: "recorded", signal });
  const runs = new Map(told.map((run) => [run.run.run_id, run]));
  const placed = page.signals.flatMap((row): Placed[] => {
    const item = itemOfRow(row, runs.get(row.run_id), context);
    return item === undefined ? [] : [{ ts: row.at, item }];
  });
  return { placed, more: page.more, cursor: page.cursor, cut: page.cut };
}

function itemOfRow(row: SignalRow, told: ToldRun | undefined, { settings }: AskContext): SignalItem | undefined {
  if (row.phase === "final") {
    const signal = told?.signals?.find(({ failure_type }) => failure_type === row.failure_type);
    return told && signal && itemOf(withDetails(signal, row), told);
  }
  const { failure_type, severity, confidence, shadow, title = failure_type, evidence = {} } = row;
  const step_index = evidenceStep(evidence) ?? row.step_index;
  const verdict = { failure_type, severity, base_severity: severity, confidence, shadow, title, evidence, step_index };
  const live = { ...verdict, provisional: true, origin: "recorded", differs: undefined } as const;
  const { run_id, agent_id, agent_version, session_id, at } = row;
  return {
    ...explainedByItself(live, { run_id, agent_id, agent_version, ended: undefined }, settings),
    provisional: row.provisional,
    ...{ run_id, agent_id, agent_version, session_id, phase: "live", at: millisOf(at), started_at: undefined },
  };
}

/** In the words of the producer, where its line was read: they know the steps, which facts alone do not. */
function withDetails(signal: ListedSignal, { title, evidence }: SignalRow): ListedSignal {
  if (title === undefined || evidence === undefined) return signal;
  return { ...signal, title, evidence, step_index: evidenceStep(evidence) ?? signal.step_index };
}

function itemOf(signal: ListedSignal, { run, explain }: ToldRun): SignalItem {
  const { run_id, agent_id, agent_version, session_id, at, started_at, ended } = run;
  return {
    ...explain(signal),
    run_id,
    agent_id,
    agent_version,
    session_id,
    phase: ended === undefined ? "live" : "final",
    at: millisOf(at),
    started_at: Math.floor(started_at / 1000),
  };
}

/** Signals of these runs, judged here. */
async function judgedItems(
  runs: readonly RunSummary[],
  filter: SignalFilter,
  context: AskContext,
  request: TellRequest,
): Promise<readonly Placed[]> {
  const told = await tellRuns(runs, context, request);
  return told.flatMap((run) =>
    wantedSignals(run.signals ?? [], filter).map((signal) => ({ ts: run.run.at, item: itemOf(signal, run) })),
  );
}

/** What the settings of the reader find, run by run. */
async function computed(
  question: SignalsQuestion,
  context: AskContext,
  signal: AbortSignal | undefined,
): Promise<PlacedPage> {
  const { range, filter = {}, limit = LIMIT } = question;
  const { scope, stallAfterMs } = context.settings;
  const span = spanOf(range);
  const request = { ...span, scope, filter: identityOf(filter), now: nowOf(context), stallAfterMs, signal };
  const placed: Placed[] = [];
  let cursor: RunsCursor | undefined = question.cursor && { ended: undefined, ...question.cursor };
  let cut: Cut | undefined;
  // Each further page is larger, so that few questions find what is rare.
  for (let size = limit, seen = 0; seen < MOST_LOOKED_AT && placed.length < limit; seen += size, size *= 2) {
    const page: RunsPage = await listRuns(context.api, {
      ...request,
      limit: Math.min(size, MOST_LOOKED_AT - seen),
      cursor,
    });
    placed.push(...(await judgedItems(page.runs, filter, context, { ...span, mode: "computed", signal })));
    cut ??= page.cut;
    cursor = page.cursor;
    if (cursor === undefined) break;
  }
  return { placed, more: cursor !== undefined, cursor, cut };
}

/** The recorded ones of a page, and those of runs of the same time whose terminal lines record none. */
async function withComputed(
  page: PlacedPage,
  { range, filter = {}, cursor }: SignalsQuestion,
  context: AskContext,
  signal: AbortSignal | undefined,
): Promise<PlacedPage> {
  const { start, end } = spanOf(range);
  const span = { start: page.cursor?.before ?? start, end: cursor?.before ?? end };
  const query = runsWithoutVerdicts(context.settings.scope, identityOf(filter));
  const pages = { query, ...span, direction: "backward", pageLines: MOST_WITHOUT + 1, signal } as const;
  const { entries, cut } = await collectLogs(context.api, pages, MOST_WITHOUT);
  if (entries.length === 0) return page;
  const before = cut && boundary(entries);
  const runs = entries.flatMap((read) => {
    const line = lineOf(read);
    if (line === undefined || !isEnd(line) || (before !== undefined && read.entry.ts < before)) return [];
    return summarise({ end: { line, ts: read.entry.ts } }, "running") ?? [];
  });
  const found = await judgedItems(runs, filter, context, { start, end, mode: "auto", signal });
  const kept = page.placed.filter(({ ts, item }) => before === undefined || ts >= before || item.phase === "live");
  // Sorting is stable: the signals of one run stay worst first.
  const placed = [...kept, ...found].sort((a, b) => (a.ts === b.ts ? 0 : a.ts < b.ts ? 1 : -1));
  if (before === undefined) return { ...page, placed };
  return { placed, more: true, cursor: { before, seen: [] }, cut: page.cut };
}

/** Where a page ends that could not hold all lines: before its last instant, which may have more of them. */
function boundary(entries: readonly ReadEntry[]): Nanos {
  const last = entries.at(-1)?.entry.ts ?? 0n;
  return entries[0]?.entry.ts === last ? last : last + 1n;
}

function identityOf(filter: SignalFilter): IdentityFilter {
  const { failure_types: _types, min_severity: _severity, shadow: _shadow, ...identity } = filter;
  return identity;
}
