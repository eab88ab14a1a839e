import type { Micros } from "../wire/line";
import { isRecord } from "../wire/record";
import { parseMicros } from "../wire/time";
import { BASELINE_FACTS, type Baseline, type BaselineFact } from "./baseline";
import { ALL_VERSIONS, BASELINES_SCHEMA } from "./file";

/** A baselines file that cannot be used: which file, which place in it, and what to do. */
export class BaselineFileError extends Error {
  override readonly name = "BaselineFileError";
}

/** Baselines by agent and version, ready to look up. */
export class Baselines {
  /** By agent: by version, what that version and the agent alone give together. */
  readonly #agents: ReadonlyMap<string, ReadonlyMap<string, Baseline>>;

  constructor(
    /** The end of the window they were computed over. */
    readonly generatedAt: Micros,
    readonly windowDays: number,
    agents: ReadonlyMap<string, ReadonlyMap<string, Baseline>>,
  ) {
    this.#agents = agents;
  }

  /** Agents that have a baseline. */
  get agents(): string[] {
    return [...this.#agents.keys()];
  }

  /** The versions of an agent that have a baseline of their own. */
  versionsOf(agent_id: string): string[] {
    return [...(this.#agents.get(agent_id)?.keys() ?? [])].filter((version) => version !== ALL_VERSIONS);
  }

  /**
   * What the rules take for a run: each fact from the agent and version, else from the agent alone. Facts that neither has
   * are absent.
   */
  baselineOf(agent_id: string, agent_version: string | undefined): Baseline {
    const versions = this.#agents.get(agent_id);
    if (versions === undefined) return NO_BASELINE;
    const own = agent_version === undefined ? undefined : versions.get(agent_version);
    return own ?? versions.get(ALL_VERSIONS) ?? NO_BASELINE;
  }
}

const NO_BASELINE: Baseline = Object.freeze({});

/** For when there is no file: no agent has a baseline. */
export const NO_BASELINES = new Baselines(0, 0, new Map());

const REMEDY = "make the file anew with `dunetrace baselines`";

/** Reads one document; knows its source for the messages. */
class Reader {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  error(place: string, problem: string, remedy = REMEDY): BaselineFileError {
    return new BaselineFileError(`${this.#source}: ${place} ${problem}; ${remedy}`);
  }

  record(value: unknown, place: string): Readonly<Record<string, unknown>> {
    if (isRecord(value)) return value;
    throw this.error(place, `is ${describe(value)}, not an object`);
  }

  number(value: unknown, place: string): number {
    if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
    throw this.error(place, `is ${describe(value)}, not a number of 0 or more`);
  }

  time(value: unknown, place: string): Micros {
    const time = typeof value === "string" ? parseMicros(value) : undefined;
    if (time !== undefined) return time;
    throw this.error(place, `is ${describe(value)}, not an RFC 3339 time`);
  }

  schema(value: unknown): void {
    if (value === BASELINES_SCHEMA) return;
    if (typeof value === "number" && value > BASELINES_SCHEMA) {
      throw this.error("schema", `is ${value}, this version reads ${BASELINES_SCHEMA}`, "update dunetrace-grafana");
    }
    throw this.error("schema", `is ${describe(value)}, not ${BASELINES_SCHEMA}`);
  }

  /** Facts this version has no baseline for are passed over: a newer one may have written them. */
  baseline(value: unknown, place: string): Baseline {
    const entry = this.record(value, place);
    const p75 = this.record(entry.p75, `${place}.p75`);
    const baseline: Partial<Record<BaselineFact, number>> = {};
    for (const fact of BASELINE_FACTS) {
      if (Object.hasOwn(p75, fact)) baseline[fact] = this.number(p75[fact], `${place}.p75.${fact}`);
    }
    return baseline;
  }

  versions(value: unknown, place: string): ReadonlyMap<string, Baseline> {
    const entries = Object.entries(this.record(value, place));
    const own = new Map(
      entries.map(([version, entry]) => [version, this.baseline(entry, `${place}[${JSON.stringify(version)}]`)]),
    );
    const all = own.get(ALL_VERSIONS);
    return new Map([...own].map(([version, baseline]) => [version, Object.freeze({ ...all, ...baseline })]));
  }
}

/** What a value is, in few words and without its content when that is long. */
function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/**
 * Reads baselines.json.
 *
 * @param document the parsed JSON
 * @param source name of the file, for messages
 * @throws {BaselineFileError} naming the file, the place in it and the next step
 * @example
 * const baselines = parseBaselines(JSON.parse(text), "baselines.json");
 * baselines.baselineOf("support-bot", "59c22128").steps // 14.25, or undefined
 */
export function parseBaselines(document: unknown, source: string): Baselines {
  const reader = new Reader(source);
  const file = reader.record(document, "the document");
  reader.schema(file.schema);
  const generatedAt = reader.time(file.generated_at, "generated_at");
  const windowDays = reader.number(file.window_days, "window_days");
  const agents = Object.entries(reader.record(file.agents, "agents")).map(
    ([agent_id, versions]): [string, ReadonlyMap<string, Baseline>] => [
      agent_id,
      reader.versions(versions, `agents[${JSON.stringify(agent_id)}]`),
    ],
  );
  return new Baselines(generatedAt, windowDays, new Map(agents));
}
