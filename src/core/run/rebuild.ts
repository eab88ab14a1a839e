import { isCounted } from "../facts/counted";
import type { FactEvent } from "../facts/event";
import { FACT_NAMES, FACTS_VERSION, type FactName, type Facts } from "../facts/facts";
import { FactTracker } from "../facts/tracker";
import type { Prices } from "../prices/prices";
import type { Payloads } from "../wire/events";
import type { Line, Micros, UnknownLine } from "../wire/line";
import { findLoops } from "./clusters";
import { findGaps } from "./gaps";
import { orderLines } from "./order";
import type { RecordedEnd, Run, RunStatus } from "./run";
import { withStatedCosts } from "./statedCosts";
import { buildSteps } from "./steps";

/** A run without a terminal event and without any event for this long is stalled, ms. */
export const STALL_AFTER_MS = 90_000;

export interface RebuildOptions {
  /** Without a table, costs are what the lines state: those of the calls, else those of the terminal line. */
  readonly prices?: Prices | undefined;
  /**
   * The wall clock while lines still come in: a run without a terminal event is running until `stallAfterMs` after its
   * last event. Without it (finished files, stdin at its end) such a run is stalled.
   */
  readonly now?: Micros | undefined;
  readonly stallAfterMs?: number | undefined;
}

/**
 * Rebuilds one run from its lines, in whatever order they were read, repeated ones included.
 *
 * @param lines at least one line, all of one run
 * @throws RangeError when there is no line
 * @example
 * const run = rebuildRun(lines, { prices });
 * run.status; run.facts.loop_count; run.steps.length;
 */
export function rebuildRun(lines: readonly (Line | UnknownLine)[], options: RebuildOptions = {}): Run {
  const first = lines[0];
  if (first === undefined) throw new RangeError("a run is rebuilt from at least one line");
  const ordered = orderLines(lines);
  const events: (Line & FactEvent)[] = [];
  const tracker = new FactTracker({ prices: options.prices });
  let start: Payloads["run.started"] | undefined;
  let end: RunEnd | undefined;
  let raw = false;
  for (const line of ordered.lines) {
    if (line.raw === true) raw = true;
    if (!isCounted(line)) continue;
    events.push(line);
    tracker.add(line);
    if (line.event_type === "run.started") start ??= line.payload;
    else if (line.event_type === "run.completed" || line.event_type === "run.errored") end = line.payload;
  }
  const shown = events.length > 0 ? events : ordered.lines;
  const endedAt = shown.at(-1)?.time ?? first.time;
  const recorded = end && recordedOf(end);
  const counted = tracker.finish();
  const facts = options.prices === undefined ? withStatedCosts(counted, recorded) : counted;
  return Object.assign(new CloserLook(tracker, events), {
    run_id: first.run_id,
    agent_id: first.agent_id,
    ...identityOf(ordered.lines),
    status: statusOf(tracker.ended, endedAt, options),
    exit_reason: tracker.exit_reason,
    ended: tracker.ended,
    started_at: shown[0]?.time ?? first.time,
    ended_at: endedAt,
    model: start?.model,
    kind: start?.kind,
    source: start?.source,
    capture: start?.capture,
    facts,
    facts_differ: recorded?.facts === undefined ? [] : differing(facts, recorded.facts, recorded.facts_v),
    recorded,
    missing_lines: ordered.missing,
    raw_content: raw && start?.capture !== "full",
    lines: ordered.lines,
  });
}

/**
 * What only a closer look needs: made when it is asked for, then kept. Getters of a class, because those of an object
 * literal would give every run a hidden class of its own, which keeps its lines in memory.
 */
class CloserLook {
  readonly #tracker: FactTracker;
  readonly #events: readonly FactEvent[];
  #evidence: Run["evidence"] | undefined;
  #steps: Run["steps"] | undefined;

  constructor(tracker: FactTracker, events: readonly FactEvent[]) {
    this.#tracker = tracker;
    this.#events = events;
  }

  get evidence(): Run["evidence"] {
    this.#evidence ??= this.#tracker.evidence();
    return this.#evidence;
  }
  get steps(): Run["steps"] {
    this.#steps ??= buildSteps(this.#events);
    return this.#steps;
  }
  get loops(): Run["loops"] {
    return findLoops(this.steps);
  }
  get gaps(): Run["gaps"] {
    return findGaps(this.#events, this.steps);
  }
}

type RunEnd = Payloads["run.completed"] | Payloads["run.errored"];

function recordedOf(end: RunEnd): RecordedEnd {
  const { facts, facts_v, rules, baseline, signals, dropped_events } = end;
  return { facts, facts_v, rules, baseline, signals, dropped_events };
}

type Identity = Pick<Run, "agent_version" | "parent_run_id" | "session_id" | "user_hash" | "trace_id" | "tags">;

/** What the lines of a run share, each from the first line that states it. */
function identityOf(lines: readonly (Line | UnknownLine)[]): Identity {
  const identity: { -readonly [K in keyof Identity]: Identity[K] } = {
    agent_version: undefined,
    parent_run_id: undefined,
    session_id: undefined,
    user_hash: undefined,
    trace_id: undefined,
    tags: undefined,
  };
  for (const line of lines) {
    identity.agent_version ??= line.agent_version;
    identity.parent_run_id ??= line.parent_run_id;
    identity.session_id ??= line.session_id;
    identity.user_hash ??= line.user_hash;
    identity.trace_id ??= line.trace_id;
    identity.tags ??= line.tags;
  }
  return identity;
}

function statusOf(ended: Run["ended"], last: Micros, options: RebuildOptions): RunStatus {
  if (ended !== undefined) return ended === "run.completed" ? "completed" : "errored";
  if (options.now === undefined) return "stalled";
  return options.now - last > (options.stallAfterMs ?? STALL_AFTER_MS) * 1000 ? "stalled" : "running";
}

/** Facts of a line of this version that differ from the rebuilt ones. */
function differing(facts: Facts, recorded: NonNullable<RunEnd["facts"]>, version: number | undefined): FactName[] {
  // Another version may know fewer facts or more: then only those both have are compared.
  const same = version === undefined || version === FACTS_VERSION;
  return FACT_NAMES.filter((name) => {
    if (facts[name] === recorded[name]) return false;
    return same || (facts[name] !== undefined && recorded[name] !== undefined);
  });
}
