import { ALL_VERSIONS, BASELINE_FACTS, type Baseline, type BaselineFact, Baselines } from "../../../core/baselines";
import type { Nanos } from "../../api";
import { runsWithBaselines } from "../../builders";
import { collectLogs } from "../../readers";
import { isEnd, lineOf } from "../../readers/runSummary";
import type { AskContext } from "../context";

/** The baseline a terminal line says it was judged by. */
export function statedBaseline(stated: Readonly<Record<string, number>> | undefined): Baseline {
  const baseline: Partial<Record<BaselineFact, number>> = {};
  for (const fact of BASELINE_FACTS) {
    const value = stated?.[fact];
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) baseline[fact] = value;
  }
  return baseline;
}

/** Among so many of the newest lines all agents and versions in use are found. */
const NEWEST = 500;
const KEPT_MS = 60_000;
const KEPT_NANOS = 60_000_000_000n;

export interface BaselinesRequest {
  readonly start: Nanos;
  readonly end: Nanos;
  readonly agents: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * The baselines that queries over many runs go by: those of the settings, else the newest ones that terminal lines state
 * for each agent and version. One query a minute.
 */
export async function baselinesOf(context: AskContext, request: BaselinesRequest): Promise<Baselines> {
  const { api, settings, stated } = context;
  if (settings.baselines !== undefined) return settings.baselines;
  const { start, end, agents, signal } = request;
  const key = keyOf(request);
  const known = stated.get(key, settings.now());
  if (known !== undefined) return known;
  const query = runsWithBaselines(settings.scope, agents);
  const pages = { query, start, end, direction: "backward", pageLines: NEWEST, signal } as const;
  const { entries } = await collectLogs(api, pages, NEWEST);
  const found = new Map<string, Map<string, Baseline>>();
  for (const read of entries) {
    const line = lineOf(read);
    if (line === undefined || !isEnd(line)) continue;
    const baseline = statedBaseline(line.payload.baseline);
    const versions = found.get(line.agent_id) ?? new Map<string, Baseline>();
    found.set(line.agent_id, versions);
    for (const version of [line.agent_version ?? ALL_VERSIONS, ALL_VERSIONS]) {
      if (!versions.has(version)) versions.set(version, baseline);
    }
  }
  const baselines = new Baselines(0, 0, found);
  stated.set(key, baselines, settings.now() + KEPT_MS);
  return baselines;
}

/** Times that end within the same minute share their baselines. */
function keyOf({ start, end, agents = [] }: BaselinesRequest): string {
  return JSON.stringify([`${(end - start) / KEPT_NANOS}`, `${end / KEPT_NANOS}`, ...agents]);
}

/** The baseline of one run as that of its agent. */
export function onlyFor(agent_id: string, baseline: Baseline): Baselines {
  return new Baselines(0, 0, new Map([[agent_id, new Map([[ALL_VERSIONS, baseline]])]]));
}
