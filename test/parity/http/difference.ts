import type { Pair } from "../pair";
import { ask, describeRequest, type HttpAnswer, type HttpRequest } from "./request";

/** Sums in another order differ in the last digits. */
const TOLERANCE = 1e-9;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** Asks both stores and says which requests they answer differently, and how. */
export async function differences({ real, embedded }: Pair, requests: readonly HttpRequest[]): Promise<string[]> {
  const found: string[] = [];
  for (const request of requests) {
    const [expected, actual] = await Promise.all([ask(real, request), ask(embedded, request)]);
    const differs = httpDifference(expected, actual);
    if (differs !== undefined) found.push(`${describeRequest(request)}: ${differs}`);
  }
  return found;
}

/**
 * What is different about two answers over HTTP: status, media type, the whole body, error texts letter by letter.
 * Undefined when they say the same. Left out are Loki's statistics, and the orders that Loki leaves open: of series, of
 * streams, and of lines with one timestamp.
 */
export function httpDifference(real: HttpAnswer, embedded: HttpAnswer): string | undefined {
  if (real.status !== embedded.status || real.type !== embedded.type) {
    return `${real.status} ${real.type} ${brief(real.text)} against ${embedded.status} ${embedded.type} ${brief(embedded.text)}`;
  }
  if (!real.type.startsWith("application/json")) {
    const [expected, actual] = [comparable(real.text), comparable(embedded.text)];
    return expected === actual ? undefined : `text ${JSON.stringify(expected)} against ${JSON.stringify(actual)}`;
  }
  return jsonDifference(parse(real.text), parse(embedded.text), "");
}

/**
 * An error text without what is up to chance or to the parser: which of several broken series is named, and where a
 * syntax error was met, which is told in other words.
 */
function comparable(text: string): string {
  return text
    .replace(/(pipeline error: '\w+' for series: ).*/s, "$1…")
    .replace(/^parse error at line \d+, col \d+: .*$/s, "parse error at …");
}

const brief = (text: string): string => text.slice(0, 400);

function parse(text: string): Json {
  const body: Json = JSON.parse(text);
  if (!isObject(body) || !isObject(body.data)) return sortedNames(body);
  const { stats, ...data } = body.data;
  if (stats === undefined || data.result === undefined) return body;
  return { ...body, data: { ...data, stats: isObject(stats), result: comparableResult(data.result) } };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `data` of series, in any order. */
function sortedNames(body: Json): Json {
  if (!isObject(body) || !Array.isArray(body.data) || !body.data.every(isObject)) return body;
  return { ...body, data: sortedBy(body.data, keyOf) };
}

function comparableResult(result: Json): Json {
  if (!Array.isArray(result)) return result;
  // One number without labels: Loki writes a time thousands of years ahead with it.
  if (!result.every(isObject)) return { number: result[1] ?? null };
  const items = result.map((item: JsonObject): JsonObject => {
    if (item.stream === undefined || !Array.isArray(item.values)) return item;
    return { ...item, values: sortedBy(item.values, keyOf) };
  });
  return sortedBy(items, (item) => keyOf(item.stream ?? item.metric ?? null));
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const keyed = items.map((item) => [key(item), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, item]) => item);
}

/** The same text for the same value, whatever the order of its keys. */
function keyOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${sortedBy(Object.entries(value), ([key]) => key).map(([key, of]) => `${JSON.stringify(key)}:${keyOf(of)}`)}}`;
}

function jsonDifference(real: Json, embedded: Json, at: string): string | undefined {
  if (Array.isArray(real) && Array.isArray(embedded)) {
    const rows = Math.max(real.length, embedded.length);
    for (let index = 0; index < rows; index++) {
      const [left, right] = [real[index], embedded[index]];
      if (left === undefined || right === undefined) {
        return `${at} has ${real.length} against ${embedded.length}: ${brief(JSON.stringify(left ?? right))}`;
      }
      const found = jsonDifference(left, right, `${at}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isObject(real) && isObject(embedded)) {
    const [left, right] = [Object.keys(real).sort(), Object.keys(embedded).sort()];
    if (left.join() !== right.join()) return `${at} has keys ${left} against ${right}`;
    for (const key of left) {
      const found = jsonDifference(real[key] ?? null, embedded[key] ?? null, `${at}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (real === embedded || (at.endsWith("[1]") && sameNumber(real, embedded))) return undefined;
  return `${at} is ${JSON.stringify(real)} against ${JSON.stringify(embedded)}`;
}

/** Values of metrics are texts of numbers, of which the two stores may have added up parts in another order. */
function sameNumber(real: Json, embedded: Json): boolean {
  if (typeof real !== "string" || typeof embedded !== "string" || real === "" || embedded === "") return false;
  const [left, right] = [Number(real), Number(embedded)];
  return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left));
}
