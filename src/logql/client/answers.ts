import * as v from "valibot";
import type { Labels, LogEntry, Sample, Series } from "../api";

/** An answer that is not what Loki says: where it differs. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
}

const labels = v.record(v.string(), v.string());
const point = v.looseTuple([v.number(), v.string()]);
/** The lines themselves are checked one by one in `entriesOf`: there are up to 5,000 of them. */
const streams = v.object({
  resultType: v.literal("streams"),
  result: v.array(v.object({ stream: labels, values: v.array(v.unknown()) })),
});
const vector = v.object({
  resultType: v.literal("vector"),
  result: v.array(v.object({ metric: labels, value: point })),
});
const matrix = v.object({
  resultType: v.literal("matrix"),
  result: v.array(v.object({ metric: labels, values: v.array(point) })),
});
const metadata = v.object({ structuredMetadata: v.optional(labels), parsed: v.optional(labels) });

function read<const S extends v.GenericSchema>(schema: S, answer: unknown): v.InferOutput<S> {
  const result = v.safeParse(v.object({ status: v.literal("success"), data: schema }), answer);
  if (result.success) return result.output.data;
  const [issue] = result.issues;
  throw new AnswerError(`${v.getDotPath(issue) ?? "the answer"}: ${issue.message}`);
}

const NONE: Labels = {};
const NANOS = /^\d{1,19}$/;

function entryOf(value: unknown, stream: Labels): LogEntry {
  if (!Array.isArray(value)) throw new AnswerError("an entry is no list");
  const [ts, line, more]: readonly unknown[] = value;
  if (typeof ts !== "string" || !NANOS.test(ts)) throw new AnswerError("an entry has no timestamp in nanoseconds");
  if (typeof line !== "string") throw new AnswerError("an entry has no line");
  return { ts: BigInt(ts), line, labels: stream, parsed: more === undefined ? NONE : parsedOf(more) };
}

function parsedOf(more: unknown): Labels {
  const result = v.safeParse(metadata, more);
  if (!result.success) throw new AnswerError("an entry has labels that are no strings");
  return result.output.parsed ?? NONE;
}

/** The lines of all streams in one order. Sorting is stable, so lines of one timestamp keep the order of their stream. */
export function entriesOf(answer: unknown, direction: "forward" | "backward"): LogEntry[] {
  const { result } = read(streams, answer);
  const entries = result.flatMap(({ stream, values }) => values.map((value) => entryOf(value, stream)));
  const sign = direction === "forward" ? 1 : -1;
  if (result.length > 1) entries.sort((a, b) => (a.ts === b.ts ? 0 : a.ts < b.ts ? -sign : sign));
  return entries;
}

/** Numbers come as strings: `NaN`, `+Inf` and `-Inf` too. */
function numberOf(text: string): number {
  if (text === "NaN") return Number.NaN;
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) throw new AnswerError(`${JSON.stringify(text)} is no number`);
  return value;
}

export function samplesOf(answer: unknown): Sample[] {
  return read(vector, answer).result.map(({ metric, value: [time, text] }) => ({
    metric,
    time,
    value: numberOf(text),
  }));
}

export function seriesOf(answer: unknown): Series[] {
  return read(matrix, answer).result.map(({ metric, values }) => ({
    metric,
    points: values.map(([time, text]) => ({ time, value: numberOf(text) })),
  }));
}

/** Values of a label; Loki leaves `data` out when there is none. */
export function valuesOf(answer: unknown): string[] {
  return read(v.optional(v.nullable(v.array(v.string()))), answer) ?? [];
}

/** The version of `/status/buildinfo`, which answers without the envelope of queries. */
export function versionOf(answer: unknown): string {
  const result = v.safeParse(v.object({ version: v.string() }), answer);
  return result.success ? result.output.version : "";
}
