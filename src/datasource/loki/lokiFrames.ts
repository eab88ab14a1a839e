import type { Labels, LogEntry, Sample, Series } from "../../logql/api";
import { isRecord } from "./record";

/** A frame of Grafana's Loki datasource that is not as it is known to be. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

interface LokiField {
  readonly name: string;
  readonly type: string;
  readonly values: readonly unknown[];
  readonly labels: Labels;
  /** What a time in ms leaves out, ns. */
  readonly nanos: readonly unknown[] | undefined;
}
type LokiFrame = readonly LokiField[];

const NONE: Labels = {};
const PROGRESS = "loki-splitting-progress";
const NS_PER_MS = 1_000_000n;
const NANOS = /^\d{1,19}$/;

/** The frames with answers: Grafana adds one that tells how far a split query has come. */
export function lokiFramesOf(data: unknown): LokiFrame[] {
  if (!Array.isArray(data)) throw new FrameError("the answer has no list of frames");
  return data.flatMap((frame: unknown) => {
    if (!isRecord(frame) || !Array.isArray(frame.fields)) throw new FrameError("a frame has no fields");
    const isProgress = frame.name === PROGRESS || (isRecord(frame.meta) && frame.meta.dataTopic === "annotations");
    return isProgress ? [] : [frame.fields.map(fieldOf)];
  });
}

function fieldOf(field: unknown): LokiField {
  if (!isRecord(field) || typeof field.name !== "string") throw new FrameError("a field has no name");
  const { name, type, labels, nanos } = field;
  if (!Array.isArray(field.values)) throw new FrameError(`the field ${name} has no values`);
  return {
    name,
    type: typeof type === "string" ? type : "",
    values: field.values,
    labels: labelsOf(labels),
    nanos: Array.isArray(nanos) ? nanos : undefined,
  };
}

function labelsOf(value: unknown): Labels {
  if (!isRecord(value)) return NONE;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Lines of all frames in the order of the direction. */
export function entriesOf(frames: readonly LokiFrame[], direction: "forward" | "backward"): LogEntry[] {
  const entries = frames.flatMap(entriesOfFrame);
  const sign = direction === "forward" ? 1 : -1;
  return entries.sort((a, b) => (a.ts === b.ts ? 0 : a.ts < b.ts ? -sign : sign));
}

function entriesOfFrame(fields: LokiFrame): LogEntry[] {
  const named = (...names: readonly string[]) => fields.find(({ name }) => names.includes(name));
  const lines = named("Line", "body") ?? fields.find(({ name, type }) => type === "string" && name !== "tsNs");
  const times = fields.find(({ type }) => type === "time") ?? named("Time", "timestamp");
  const tsNs = named("tsNs");
  if (lines === undefined || (times === undefined && tsNs === undefined)) {
    if (fields.every(({ values }) => values.length === 0)) return [];
    throw new FrameError("a frame of lines has no line or no time");
  }
  const labels = named("labels");
  const kinds = named("labelTypes");
  return lines.values.map((line, at) => {
    if (typeof line !== "string") throw new FrameError("a line is no text");
    const all = labelsOf(labels?.values[at]);
    return { ts: tsOf(tsNs, times, at), line, ...split(all, labelsOf(kinds?.values[at])) };
  });
}

function tsOf(tsNs: LokiField | undefined, times: LokiField | undefined, at: number): bigint {
  const exact = tsNs?.values[at];
  if (typeof exact === "string" && NANOS.test(exact)) return BigInt(exact);
  const ms = times?.values[at];
  if (typeof ms !== "number" || !Number.isFinite(ms)) throw new FrameError("a line has no time");
  const rest = times?.nanos?.[at];
  return BigInt(Math.floor(ms)) * NS_PER_MS + BigInt(typeof rest === "number" ? rest : 0);
}

/** Grafana merges labels of all kinds and tells their kinds beside them: I of the stream, S metadata, P parsed. */
function split(all: Labels, kinds: Labels): Pick<LogEntry, "labels" | "parsed"> {
  const ofKind = (wanted: (kind: string) => boolean) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => wanted(kinds[name] ?? "I")));
  return { labels: ofKind((kind) => kind === "I"), parsed: ofKind((kind) => kind === "P") };
}

const numbersOf = (fields: LokiFrame) => fields.filter(({ type }) => type === "number");
const timesOf = (fields: LokiFrame) => fields.find(({ type }) => type === "time");

/** Series of a range query: a frame each, or several value columns in one. Points that are no numbers are gaps. */
export function seriesOf(frames: readonly LokiFrame[]): Series[] {
  return frames.flatMap((fields) => {
    const times = timesOf(fields)?.values ?? [];
    return numbersOf(fields).map(({ labels, values }) => ({
      metric: labels,
      points: values.flatMap((value, at) => {
        const time = times[at];
        return typeof value === "number" && typeof time === "number" ? [{ time: time / 1000, value }] : [];
      }),
    }));
  });
}

/** Samples of an instant query: a table with a column per label, or a frame per series. */
export function samplesOf(frames: readonly LokiFrame[]): Sample[] {
  return frames.flatMap((fields) => {
    const times = timesOf(fields)?.values ?? [];
    const columns = fields.filter(({ type }) => type === "string");
    const values = numbersOf(fields).at(-1);
    if (values === undefined) return [];
    return values.values.flatMap((value, at): Sample[] => {
      const time = times[at];
      if (typeof value !== "number" || typeof time !== "number") return [];
      const row = columns.map(({ name, values: cells }) => [name, cells[at]]);
      // A column holds "" where a series lacks its label.
      const metric = Object.fromEntries(row.filter(([, cell]) => typeof cell === "string" && cell !== ""));
      return [{ metric: { ...values.labels, ...metric }, time: time / 1000, value }];
    });
  });
}
