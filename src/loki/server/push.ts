import type { Labels } from "../../logql/api";
import type { Entry } from "../entries";
import type { PushStream, Refusal } from "../storage";
import { HttpError } from "./httpError";

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** So many different reasons are named in one answer. */
const MAX_TEXTS = 20;
const INT64_MAX = 2n ** 63n - 1n;

/**
 * Reads `{"streams":[{"stream":{labels},"values":[["<ns>","<line>",{metadata}?], …]}, …]}`.
 *
 * @throws HttpError 400 that names the place, 422 where there is no stream
 */
export function parsePush(text: string): PushStream[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new HttpError(400, `The body is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!isRecord(body)) throw wrong("the body", "an object with streams");
  const streams = body.streams ?? [];
  if (!Array.isArray(streams)) throw wrong("streams", "a list");
  if (streams.length === 0) {
    throw new HttpError(422, "error at least one valid stream is required for ingestion");
  }
  return streams.map((stream: unknown, at) => parseStream(stream, `streams[${at}]`));
}

function parseStream(value: unknown, place: string): PushStream {
  if (!isRecord(value)) throw wrong(place, "an object with stream and values");
  const labels = parseLabels(value.stream ?? {}, `${place}.stream`);
  const name = Object.keys(labels).find((key) => !LABEL_NAME.test(key));
  if (name !== undefined) {
    throw new HttpError(
      400,
      `couldn't parse labels: ${place}.stream: ${JSON.stringify(name)} is no label name, which has letters, digits and _ and no digit first`,
    );
  }
  const values = value.values ?? [];
  if (!Array.isArray(values)) throw wrong(`${place}.values`, "a list");
  return { labels, entries: values.map((entry: unknown, at) => parseEntry(entry, place, at)) };
}

function parseEntry(value: unknown, stream: string, at: number): Entry {
  const place = `${stream}.values[${at}]`;
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) {
    throw wrong(
      place,
      '["<ns since the epoch>", "<line>"], with an object of structured metadata as third if there is any',
    );
  }
  const [time, line, metadata]: unknown[] = value;
  if (typeof time !== "string" || !/^-?\d{1,19}$/.test(time)) throw wrong(`${place}[0]`, "a string of nanoseconds");
  const ts = BigInt(time);
  if (ts > INT64_MAX || ts < -INT64_MAX) throw wrong(`${place}[0]`, "a time within 64 bits");
  if (typeof line !== "string") throw wrong(`${place}[1]`, "a string");
  if (metadata === undefined) return { ts, line };
  const labels = parseLabels(metadata, `${place}[2]`);
  return Object.keys(labels).length === 0 ? { ts, line } : { ts, line, metadata: labels };
}

function parseLabels(value: unknown, place: string): Labels {
  if (!isRecord(value)) throw wrong(place, "an object");
  const labels: Record<string, string> = Object.create(null);
  for (const [name, item] of Object.entries(value)) {
    if (typeof item !== "string") throw wrong(`${place}.${name}`, "a string");
    labels[name] = item;
  }
  return labels;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(place: string, expected: string): HttpError {
  return new HttpError(400, `${place} must be ${expected}`);
}

/** The text of a refusal as Loki words it: equal ones once, with their number where there are several. */
export function refusalsText(refusals: readonly Refusal[]): string {
  const counts = new Map<string, number>();
  for (const { text } of refusals) counts.set(text, (counts.get(text) ?? 0) + 1);
  if (refusals.length === 1) return refusals[0]?.text ?? "";
  const named = [...counts].slice(0, MAX_TEXTS).map(([text, count]) => `${count} errors like: ${text}`);
  const more = counts.size > MAX_TEXTS ? `; and ${counts.size - MAX_TEXTS} other errors` : "";
  return named.join("; ") + more;
}
