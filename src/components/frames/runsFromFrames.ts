import type { DataFrame, Field } from "@grafana/data";
import { type Run, rebuildRun } from "../../core/run";
import { type Line, type Micros, parseLine, type UnknownLine } from "../../core/wire";
import type { NestedRun, TimelineSignal } from "../timeline";
import { framedSignals } from "./framedSignals";

/** The lines of one run in the frames. */
export interface FramedRun {
  readonly run_id: string;
  readonly agent_id: string;
  readonly parent_run_id: string | undefined;
  /** Of its first line. */
  readonly started_at: Micros;
  readonly lines: readonly (Line | UnknownLine)[];
}

/** What was found, newest run first, or what the frames lack. */
export interface FramedRuns {
  readonly runs: readonly FramedRun[];
  /** `field`: no frame has a field of texts; `lines`: no text of them is a line of a run. */
  readonly missing: "field" | "lines" | undefined;
  /** Texts that are no line of ours. */
  readonly others: number;
}

/** Fields that hold lines go by these names, best first: of the data plane's log lines, of Loki, of other sources. */
const NAMES = ["body", "line", "message", "msg", "value"];

/** As many texts are read between two pauses. */
const AT_A_TIME = 250;

/**
 * Collects the lines of runs from frames of log lines, such as Loki gives them.
 *
 * @example
 * const { runs, missing } = runsFromFrames(data.series);
 */
export function runsFromFrames(frames: readonly DataFrame[]): FramedRuns {
  const reading = readRuns(frames);
  let read = reading.next();
  while (read.done !== true) read = reading.next();
  return read.value;
}

/** The same, with pauses in which the caller can let others work. */
export function* readRuns(frames: readonly DataFrame[]): Generator<undefined, FramedRuns> {
  const fields = frames.flatMap((frame) => lineField(frame) ?? []);
  if (fields.length === 0) return { runs: [], missing: "field", others: 0 };
  const runs = new Map<string, { lines: (Line | UnknownLine)[]; started_at: Micros }>();
  let others = 0;
  let count = 0;
  for (const field of fields) {
    for (const text of Array.from<unknown>(field.values)) {
      if (++count % AT_A_TIME === 0) yield undefined;
      const read = typeof text === "string" ? parseLine(text) : undefined;
      if (read?.ok !== true || read.line.run_id === "") {
        others++;
        continue;
      }
      const { line } = read;
      const run = runs.get(line.run_id) ?? { lines: [], started_at: line.time };
      run.lines.push(line);
      run.started_at = Math.min(run.started_at, line.time);
      runs.set(line.run_id, run);
    }
  }
  const found = [...runs].map(([run_id, { lines, started_at }]): FramedRun => {
    const agent_id = lines[0]?.agent_id ?? "";
    const parent_run_id = lines.find((line) => line.parent_run_id !== undefined)?.parent_run_id;
    return { run_id, agent_id, parent_run_id, started_at, lines };
  });
  found.sort((a, b) => b.started_at - a.started_at);
  return { runs: found, missing: found.length === 0 ? "lines" : undefined, others };
}

/** The field of a frame that holds lines: by its name, else the first whose texts look like ours. */
function lineField({ fields }: DataFrame): Field | undefined {
  const texts = fields.filter(({ type }) => type === "string");
  for (const name of NAMES) {
    const named = texts.find((field) => field.name.toLowerCase() === name);
    if (named !== undefined) return named;
  }
  return texts.find(({ values }) => {
    const first: unknown = Array.from<unknown>(values).find((value) => typeof value === "string" && value !== "");
    return typeof first === "string" && parseLine(first).ok;
  });
}

/** A run with everything the timeline shows of it. */
export interface RebuiltRun {
  readonly run: Run;
  readonly signals: readonly TimelineSignal[];
  readonly nested: readonly NestedRun[];
}

/**
 * Rebuilds a run of the frames, with what its lines say of signals; where they say nothing it is judged.
 *
 * @param now until when lines may have come, ms: a run without an end is running if its last event is recent
 */
export function rebuildFramed(framed: FramedRun, others: readonly FramedRun[], now: number): RebuiltRun {
  const rebuilt = rebuildUnjudged(framed, others, now);
  return { ...rebuilt, signals: framedSignals(rebuilt.run) };
}

/** The same without the signals, which can be drawn before they are known. */
export function rebuildUnjudged({ run_id, lines }: FramedRun, others: readonly FramedRun[], now: number): RebuiltRun {
  const options = { now: now * 1000 };
  const children = others.filter((other) => other.parent_run_id === run_id && other.run_id !== run_id);
  return {
    run: rebuildRun(lines, options),
    signals: [],
    nested: children.map((child) => ({ run: nestedOf(rebuildRun(child.lines, options)) })),
  };
}

function nestedOf({ run_id, agent_id, status, started_at, ended, facts }: Run): NestedRun["run"] {
  return { run_id, agent_id, status, started_at, duration_ms: ended === undefined ? undefined : facts.duration_ms };
}
