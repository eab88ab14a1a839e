import { type Command, InvalidArgumentError, Option } from "commander";
import { type Micros, parseMicros, SEVERITIES, type Severity } from "../core/wire";
import { nearest } from "./errors";

export type Format = "table" | "json" | "ndjson" | "markdown";

/** Options of every command. */
export interface CommonOptions {
  readonly color: boolean;
}

/** Options of commands that read lines. */
export interface ReadingOptions extends CommonOptions {
  readonly format: Format;
  readonly agent?: string;
}

/** Options of commands that judge runs. */
export interface JudgingOptions extends ReadingOptions {
  readonly detectors?: string;
  readonly baselines?: string;
  readonly recorded?: boolean;
}

/** A parser for an option with a closed set of values, read without regard to case. */
export function choice<T extends string>(values: readonly T[]): (text: string) => T {
  return (text) => {
    const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
    if (found === undefined) throw new InvalidArgumentError(unknownChoice(text, values));
    return found;
  };
}

/** A long list is left out where one of its values is near. */
function unknownChoice(text: string, values: readonly string[]): string {
  const near = nearest(text, values);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return near !== undefined && values.length > 8
    ? `It is no known value${hint}`
    : `It is none of ${values.join(", ")}${hint}`;
}

export const severity: (text: string) => Severity = choice(SEVERITIES);

/** A parser for a number that is not negative. */
export function amount(unit: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError(`It must be a number of ${unit} from 0.`);
    return value;
  };
}

/** A parser for a whole number from `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It must be a whole number from ${least}.`);
    }
    return value;
  };
}

/** A parser for a point in time; a date alone is its midnight, UTC. */
export function pointInTime(text: string): Micros {
  const time = parseMicros(text) ?? parseMicros(`${text}T00:00:00Z`);
  if (time === undefined) throw new InvalidArgumentError("It must be an RFC 3339 time such as 2026-11-20T10:00:00Z.");
  return time;
}

export function addFormat(command: Command, formats: readonly Format[] = ["table", "json", "ndjson"]): Command {
  const option = new Option("--format <format>", `how to print: ${formats.join(", ")}`);
  return command.addOption(option.argParser(choice(formats)).default(formats[0]));
}

/** Adds `--no-color`, which every command has. */
export function addCommon(command: Command): Command {
  return command.option("--no-color", "no colours; NO_COLOR does the same");
}

export function addReading(command: Command, formats?: readonly Format[]): Command {
  addFormat(command, formats).option("--agent <id>", "only runs of this agent");
  return addCommon(command);
}

export function addJudging(command: Command, formats?: readonly Format[]): Command {
  return addReading(command, formats)
    .option("--detectors <file>", "thresholds; else DUNETRACE_DETECTORS, else ./detectors.yml, else built in")
    .option("--baselines <file>", "baselines, as `dunetrace baselines` writes them")
    .option("--recorded", "take the producer's verdicts from the lines instead of computing them");
}
