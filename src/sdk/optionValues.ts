import { closest } from "fastest-levenshtein";
import type { PinoDestination } from "./sinks/pino";
import { destinationOf } from "./sinks/pino";

/** A wrong option or environment variable: thrown when a client is made, never later. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/**
 * Reads a value.
 *
 * @param place names it in messages, at the start of a sentence
 * @param isVariable it is the text of an environment variable: in code a list is a list and a number no text
 */
export type Read<T> = (value: unknown, place: string, isVariable: boolean) => T;

function wrong(place: string, expected: string, value: unknown): OptionsError {
  return new OptionsError(`${place} must be ${expected}, but is ${shown(value)}.`);
}

/** So much of a text is shown, UTF-16 code units. */
const SHOWN = 60;

/** A value as a message shows it: short, on one line, without the password of a URL. */
function shown(value: unknown): string {
  switch (typeof value) {
    case "string": {
      const open = value.replace(/[^/@\s]*@/g, "…@");
      return JSON.stringify(open.length > SHOWN ? `${open.slice(0, SHOWN)}…` : open);
    }
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "a list" : "an object";
    case "function":
      return "a function";
    default:
      return String(value);
  }
}

const TRUE: ReadonlySet<string> = new Set(["1", "true", "yes", "on"]);
const FALSE: ReadonlySet<string> = new Set(["0", "false", "no", "off", ""]);

export const flag: Read<boolean> = (value, place, isVariable) => {
  if (typeof value === "boolean") return value;
  const word = isVariable && typeof value === "string" ? value.trim().toLowerCase() : undefined;
  if (word !== undefined && TRUE.has(word)) return true;
  if (word !== undefined && FALSE.has(word)) return false;
  throw wrong(place, "true or false", value);
};

export const text: Read<string> = (value, place) => {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw wrong(place, "a text that is not empty", value);
};

/** A text that no message shows. */
export const secret: Read<string> = (value, place) => {
  if (typeof value === "string" && value.trim() !== "") return value;
  const what = typeof value === "string" ? "blank" : value === null ? "null" : `of type ${typeof value}`;
  throw new OptionsError(`${place} must be a text that is not empty, but is ${what}.`);
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
  (value, place, isVariable) => {
    const number = isVariable && typeof value === "string" && value.trim() !== "" ? Number(value) : value;
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
export const texts: Read<readonly string[]> = (value, place, isVariable) => {
  if (isVariable && typeof value === "string") return commaSeparated(value);
  if (!Array.isArray(value)) throw wrong(place, "a list of texts", value);
  return value.map((item: unknown) => {
    if (typeof item === "string") return item;
    throw new OptionsError(`${place} must be a list of texts only, but has ${shown(item)}.`);
  });
};

function commaSeparated(value: string): string[] {
  const items = value.split(",").map((item) => item.trim());
  return items.filter((item) => item !== "");
}

/** Texts by key; in the environment `key=value,key=value`. */
export const textsByKey: Read<Readonly<Record<string, string>>> = (value, place, isVariable) => {
  if (isVariable && typeof value === "string") {
    return Object.fromEntries(commaSeparated(value).map((pair) => splitPair(pair, place)));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(place, "an object of texts", value);
  const entries = Object.entries(value).map(([key, item]: [string, unknown]): [string, string] => {
    if (typeof item === "string") return [key, item];
    throw new OptionsError(
      `${place} must be an object whose values are texts, but has ${shown(item)} at ${shown(key)}.`,
    );
  });
  return Object.fromEntries(entries);
};

function splitPair(pair: string, place: string): [string, string] {
  const at = pair.indexOf("=");
  if (at <= 0) throw new OptionsError(`${place} must look like key=value,key=value, but has ${shown(pair)}.`);
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

/** A path, or what a file there would hold, already parsed. */
export const pathOrDocument: Read<string | object> = (value, place, isVariable) => {
  if (typeof value === "object" && value !== null) return value;
  return text(value, place, isVariable);
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
