import { isRecord, type Level, type Line, levelOf, parseLine, type Reduction, type UnknownLine } from "../../core/wire";
import { digestOf } from "../../core/wire/digest";
import type { Counters } from "../counters";
import { type EndLine, type FinishOptions, finishRun, isEnd } from "./finishRun";
import { OpenRuns, type RunLimits } from "./openRuns";
import type { TextLine } from "./textLines";
import { contentFreeText, isFreeOfContent, wireText } from "./withoutContent";

/** What became of the lines of one request. */
export interface TakenLines {
  taken: number;
  /** Of other programs, empty ones left out. */
  foreign: number;
  broken: number;
  /** The first broken ones, by number from 1. */
  readonly problems: { readonly line: number; readonly reason: string }[];
}

export interface IntakeOptions extends FinishOptions {
  readonly reduction: Reduction;
  readonly counters: Counters;
  readonly limits?: Partial<RunLimits> | undefined;
}

/** How every line begins: outputs and queries go by it. */
const WIRE_FORM = /^\{"ts":"[^"]+","level":"[^"]*","logger":"dunetrace","event_type":"[^"\\]+","agent_id":"/;
/** So many problems are named. */
const MOST_PROBLEMS = 100;

/**
 * Takes lines that were made elsewhere, of any era. Content that Python 0.4 and later write is hashed, everything else
 * passes as it is; runs whose producer does not judge are judged once their end is there.
 */
export class LineIntake {
  readonly #options: IntakeOptions;
  readonly #runs: OpenRuns;

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#runs = new OpenRuns(options.limits);
  }

  /** What is kept of runs, and how many were too much to keep. */
  get runs(): Pick<OpenRuns, "open" | "evicted"> {
    return this.#runs;
  }

  /**
   * Takes the lines of one request. Terminal lines without facts are written after all others.
   *
   * @param remade lines are written anew also where they could go on as they came
   */
  take(lines: Iterable<TextLine>, remade = false): TakenLines {
    const result: TakenLines = { taken: 0, foreign: 0, broken: 0, problems: [] };
    const ends = new Map<string, { readonly line: EndLine; readonly text: string }>();
    for (const { number, text = "", problem } of lines) {
      const read = problem === undefined ? this.#read(text, remade) : { problem };
      if (read === "foreign") result.foreign++;
      else if (read !== undefined && "problem" in read) {
        result.broken++;
        if (result.problems.length < MOST_PROBLEMS) result.problems.push({ line: number, reason: read.problem });
      } else if (read !== undefined) {
        result.taken++;
        const { line, out } = read;
        const end = this.#keep(line);
        if (end === undefined) this.#write(line, out);
        else {
          const earlier = ends.get(end.run_id);
          if (earlier !== undefined && earlier.text !== out) this.#write(earlier.line, earlier.text);
          ends.set(end.run_id, { line: end, text: out });
        }
      }
    }
    for (const { line, text } of ends.values()) this.#end(line, text);
    return result;
  }

  #read(text: string, remade: boolean): ReadText | "foreign" | { readonly problem: string } | undefined {
    const read = parseLine(text, this.#options.reduction);
    if (!read.ok) {
      if (read.kind === "blank") return undefined;
      return read.kind === "foreign" ? "foreign" : { problem: read.reason };
    }
    const { line, oddFields } = read;
    if (remade) return { line, out: contentFreeText(line) };
    const record: unknown = JSON.parse(text);
    if (!isRecord(record) || !isFreeOfContent(record, oddFields)) return { line, out: contentFreeText(line) };
    return { line, out: WIRE_FORM.test(text) ? text : wireText(record) };
  }

  /** @returns the line where its run is to be judged by it */
  #keep(line: Line | UnknownLine): EndLine | undefined {
    if ("unknown" in line || line.run_id === "") return undefined;
    if (!isEnd(line)) {
      this.#runs.add(line);
      return undefined;
    }
    if (line.payload.facts_v === undefined) return line;
    this.#runs.take(line.run_id);
    return undefined;
  }

  #end(line: EndLine, text: string): void {
    const { run_id } = line;
    const digest = digestOf(text);
    const { counters } = this.#options;
    const lines = this.#runs.take(run_id);
    if (this.#runs.judgedBy(run_id) === digest) {
      counters.duplicate_lines++;
      return;
    }
    if (lines !== undefined && finishRun(lines, line, this.#options)) {
      this.#runs.remember(run_id, digest);
      counters.runs++;
      return;
    }
    counters.unjudged_runs++;
    this.#write(line, text);
  }

  #write(line: Line | UnknownLine, text: string): void {
    this.#options.write(`${text}\n`, levelOfLine(line));
  }
}

interface ReadText {
  readonly line: Line | UnknownLine;
  /** What is written, without a newline. */
  readonly out: string;
}

const levelOfLine = (line: Line | UnknownLine): Level =>
  "unknown" in line ? "info" : levelOf(line.event_type, line.payload);
