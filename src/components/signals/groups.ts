import { type FailureType, severityRank } from "../../core/wire";
import type { SignalItem } from "../../logql/ask";

/** Signals of one agent, type and version. */
export interface SignalGroup {
  readonly key: string;
  readonly agent_id: string;
  readonly failure_type: FailureType;
  readonly agent_version: string | undefined;
  readonly shadow: boolean;
  /** The worst of them, of equal ones the newest: what the group is told by. */
  readonly worst: SignalItem;
  /** Newest first. */
  readonly signals: readonly SignalItem[];
  /** Runs with it. */
  readonly runs: number;
  /** Of the newest, ms. */
  readonly last_at: number;
  /** Those where recorded and computed verdict are not the same. */
  readonly differing: number;
}

/** Tells signals apart: a run has at most one final verdict of a type. */
export function keyOfSignal({ agent_id, run_id, failure_type, shadow }: SignalItem): string {
  return JSON.stringify([agent_id, run_id, failure_type, shadow]);
}

/** Groups by agent, type and version, newest first; shadow signals in groups of their own. */
export function groupSignals(signals: readonly SignalItem[]): SignalGroup[] {
  const groups = new Map<string, SignalItem[]>();
  for (const signal of signals) {
    const key = JSON.stringify([signal.agent_id, signal.failure_type, signal.agent_version ?? null, signal.shadow]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [signal]);
    else group.push(signal);
  }
  return [...groups].flatMap(([key, items]) => groupOf(key, items)).sort(newestFirst);
}

function groupOf(key: string, items: readonly SignalItem[]): SignalGroup[] {
  const signals = [...items].sort((a, b) => b.at - a.at);
  const worst = signals.reduce<SignalItem | undefined>(
    (a, b) => (a !== undefined && severityRank(a.severity) >= severityRank(b.severity) ? a : b),
    undefined,
  );
  if (worst === undefined) return [];
  const { agent_id, failure_type, agent_version, shadow } = worst;
  return [
    {
      key,
      agent_id,
      failure_type,
      agent_version,
      shadow,
      worst,
      signals,
      runs: new Set(signals.map(({ run_id }) => run_id)).size,
      last_at: signals[0]?.at ?? worst.at,
      differing: signals.filter(({ differs }) => differs !== undefined).length,
    },
  ];
}

function newestFirst(a: SignalGroup, b: SignalGroup): number {
  return b.last_at - a.last_at || severityRank(b.worst.severity) - severityRank(a.worst.severity);
}

/** What is shown where there is room for few: the worst ones, newest first. Shadow signals need no look. */
export function needsALook(groups: readonly SignalGroup[], most: number): SignalGroup[] {
  return groups
    .filter(({ shadow }) => !shadow)
    .sort((a, b) => severityRank(b.worst.severity) - severityRank(a.worst.severity) || b.last_at - a.last_at)
    .slice(0, most)
    .sort(newestFirst);
}

/** Failure types and agents of groups, each pair once and in a fixed order, so that two equal questions are one. */
export function pairsOf(groups: readonly SignalGroup[]): { agent_id: string; failure_type: FailureType }[] {
  const pairs = new Map(
    groups.map(({ agent_id, failure_type }) => [JSON.stringify([agent_id, failure_type]), { agent_id, failure_type }]),
  );
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}
