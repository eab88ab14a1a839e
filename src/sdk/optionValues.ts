import { closest } from "fastest-levenshtein";
import type { PinoDestination } from "./sinks/pino";
import { destinationOf } from "./sinks/pino";

/** A wrong option or environment variable: thrown when a client is made, never later. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/** Reads a value given as option or as the text of an environment variable. `place` names it in messages. */
export type Read<T> = (value: unknown, place: string) => T;

function wrong(place: string, expected: string, value: unknown): OptionsError {
  const shown = typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : typeof value;
  return new OptionsError(`${place} must be ${expected}, but is ${shown}.`);
}

const TRUE: ReadonlySet<string> = new Set(["1", "true", "yes", "on"]);
const FALSE: ReadonlySet<string> = new Set(["0", "false", "no", "off", ""]);

export const flag: Read<boolean> = (value, place) => {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.trim().toLowerCase() : undefined;
  if (word !== undefined && TRUE.has(word)) return true;
  if (word !== undefined && FALSE.has(word)) return false;
  throw wrong(place, "true or false", value);
};

export const text: Read<string> = (value, place) => {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw wrong(place, "a text that is not empty", value);
};

export const url: Read<string> = (value, place) => {
  const address = typeof value === "string" ? parseUrl(value) : undefined;
  if (address?.protocol === "http:" || address?.protocol === "https:") return String(value).replace(/\/+$/, "");
  throw wrong(place, "an http or https URL such as http://localhost:4318", value);
};

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

/** A whole number within bounds. */
export const wholeWithin =
  (least: number, most: number): Read<number> =>
  (value, place) => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most) return number;
    throw wrong(place, `a whole number from ${least} to ${most}`, value);
  };

/** One of a closed set of words. */
export const oneOf =
  <const V extends readonly [string, ...string[]]>(words: V): Read<V[number]> =>
  (value, place) => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const nearest = typeof value === "string" ? ` Did you mean "${closest(value.toLowerCase(), words)}"?` : "";
    throw new OptionsError(`${wrong(place, `one of ${words.join(", ")}`, value).message}${nearest}`);
  };

/** A list of texts; in the environment separated by commas. */
export const texts: Read<readonly string[]> = (value, place) => {
  const list: unknown = typeof value === "string" ? value.split(",").map((item) => item.trim()) : value;
  if (!Array.isArray(list)) throw wrong(place, "a list of texts", value);
  const found = list.filter((item) => typeof item === "string");
  if (found.length < list.length) throw wrong(place, "a list of texts only", value);
  return found.filter((item) => item !== "");
};

/** Texts by key; in the environment `key=value,key=value`. */
export const textsByKey: Read<Readonly<Record<string, string>>> = (value, place) => {
  if (typeof value === "string") return Object.fromEntries(texts(value, place).map((pair) => splitPair(pair, place)));
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(place, "an object of texts", value);
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  if (entries.length < Object.keys(value).length) throw wrong(place, "an object whose values are texts", value);
  return Object.fromEntries(entries);
};

function splitPair(pair: string, place: string): [string, string] {
  const at = pair.indexOf("=");
  if (at <= 0) throw new OptionsError(`${place} must look like key=value,key=value, but has ${JSON.stringify(pair)}.`);
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

/** A path, or what a file there would hold, already parsed. */
export const pathOrDocument: Read<string | object> = (value, place) => {
  if (typeof value === "object" && value !== null) return value;
  return text(value, place);
};

export const clockFunction: Read<() => number> = (value, place) => {
  if (typeof value !== "function") throw wrong(place, "a function that returns µs since the Unix epoch", value);
  return () => {
    const now: unknown = value();
    return typeof now === "number" ? now : Number.NaN;
  };
};

export const pinoTarget: Read<PinoDestination> = (value, place) => {
  const destination = destinationOf(value);
  if (destination !== undefined) return destination;
  throw wrong(place, "a pino logger or a destination with a write method", value);
};
