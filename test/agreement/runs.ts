import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  formatMicros,
  type Line,
  parseLine,
  parseMicros,
  type Run,
  rebuildRun,
  type UnknownLine,
} from "../../src/core";
import { argumentsText } from "../../src/core/hashing";
import type { Producer } from "../../src/logql/detectors";
import { loadPrices } from "../../src/sdk/prices";
import { RecordedClient } from "../../src/sdk/testing/record";
import { generateRun } from "../facts/generate";
import { writeRun } from "../facts/lines";
import { Random } from "../facts/random";
import { hash16 } from "../facts/texts";
import { randomRun } from "./randomRun";

const SDK_RUNS = 1200;
const GENERATED_RUNS = 1100;
const VERSIONS = ["v1", "v2", undefined] as const;
const GENERATED_AGENTS = ["gamma", "delta.1", "delta-1"] as const;
const REAL = ["tau-airline-dev.ndjson.gz", "tau2-airline-dev.ndjson.gz"] as const;

/** One run as it is put into the stores, and what core rebuilds from the same lines. */
export interface AgreementRun {
  /** Where it comes from: a seed or a file. */
  readonly origin: string;
  /** Who wrote the lines: this package, or the Python package in one of its eras. */
  readonly producer: Producer;
  /** Without facts and signals, in the order of their time. */
  readonly raw: readonly string[];
  /** With facts; undefined for a run without end. */
  readonly terminal: string | undefined;
  readonly run: Run;
}

type Json = Record<string, unknown>;

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function read(text: string): Line | UnknownLine {
  const parsed = parseLine(text, { hash: hash16, argumentsText });
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${text}`);
  return parsed.line;
}

function shifted(value: unknown, by: number): unknown {
  const time = typeof value === "string" ? parseMicros(value) : undefined;
  return time === undefined ? value : formatMicros(time + by);
}

interface Written {
  readonly origin: string;
  readonly texts: readonly string[];
  /** Replaces what the lines say. */
  readonly identity?: Json;
}

const prices = loadPrices();

/** Moves a run so that it ends at `end`, takes the facts out of its lines, and writes its terminal line with them. */
function prepared({ origin, texts, identity = {} }: Written, end: number): AgreementRun | undefined {
  const lines = texts.map((text) => ({ ...objectOf(JSON.parse(text)), ...identity }) as Json);
  const last = Math.max(...lines.map(({ ts }) => parseMicros(String(ts)) ?? 0));
  const moved = lines.map((line): Json => {
    const by = end - last;
    const times = { ts: shifted(line.ts, by), ...("event_ts" in line ? { event_ts: shifted(line.event_ts, by) } : {}) };
    return { ...line, ...times };
  });
  const isEnd = (line: Json): boolean => line.event_type === "run.completed" || line.event_type === "run.errored";
  const ends = moved.filter(isEnd);
  // The later of two terminal lines counts, which no filter on one line can know; producers write one.
  if (ends.length > 1) return undefined;
  const raw = moved
    .filter(({ event_type }) => event_type !== "signal.detected")
    .map((line) => {
      if (!isEnd(line)) return JSON.stringify(line);
      const { facts, facts_v, rules, signals, baseline, ...payload } = objectOf(line.payload);
      return JSON.stringify({ ...line, payload });
    });
  const run = rebuildRun(
    moved.map((line) => read(JSON.stringify(line))),
    { prices },
  );
  const [terminal] = ends.map((line) =>
    JSON.stringify({ ...line, payload: { ...objectOf(line.payload), facts: run.facts, facts_v: 1 } }),
  );
  return {
    origin,
    producer: moved.every((line) => "schema" in line) ? "schema" : "python",
    raw,
    terminal,
    run,
  };
}

function* sdkRuns(): Generator<Written> {
  for (let seed = 0; seed < SDK_RUNS; seed++) {
    const version = VERSIONS[seed % VERSIONS.length];
    const client = new RecordedClient(version === undefined ? {} : { version });
    randomRun(client, new Random(seed));
    yield { origin: `SDK, seed ${seed}`, texts: client.texts };
  }
}

function* generatedRuns(): Generator<Written> {
  for (let seed = 0; seed < GENERATED_RUNS; seed++) {
    const texts = writeRun(generateRun(seed)).map(({ text }) => text);
    const agent_id = GENERATED_AGENTS[seed % GENERATED_AGENTS.length];
    if (texts.length > 0) {
      yield { origin: `generated, seed ${seed}`, texts, identity: { run_id: `generated-${seed}`, agent_id } };
    }
  }
}

function* realRuns(): Generator<Written> {
  for (const file of REAL) {
    const path = new URL(`../fixtures/real/${file}`, import.meta.url);
    const runs = new Map<string, string[]>();
    for (const text of gunzipSync(readFileSync(path)).toString("utf8").split("\n")) {
      if (text === "") continue;
      const id = String(objectOf(JSON.parse(text)).run_id);
      runs.set(id, [...(runs.get(id) ?? []), text]);
    }
    for (const [id, texts] of runs) yield { origin: `${file}, run ${id}`, texts };
  }
}

/**
 * The real runs, and random ones of the SDK and of all eras of lines: parallel calls, missing answers, shared steps,
 * missing fields. All end shortly before `now`, because Loki refuses lines of long ago.
 *
 * @param now µs
 */
export function agreementRuns(now: number): AgreementRun[] {
  const runs: AgreementRun[] = [];
  for (const written of [...realRuns(), ...sdkRuns(), ...generatedRuns()]) {
    const run = prepared(written, now - 60_000_000 - runs.length * 1000);
    if (run !== undefined) runs.push(run);
  }
  return runs;
}
