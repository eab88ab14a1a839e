import type { Labels } from "../../src/logql/api";
import { type Engine, QueryError } from "../../src/loki/engine";
import type { Case } from "./cases";

/** An answer in a form that both stores can be brought to. */
export type Answer =
  | { readonly status: 200; readonly type: string; readonly rows: readonly Row[] }
  | { readonly status: number; readonly text: string };

export interface Row {
  readonly key: string;
  readonly values: readonly (readonly [string, number | string])[];
}

export interface Times {
  readonly base: bigint;
}

const MINUTE = 60_000_000_000n;

/** The parameters of a case as Loki's HTTP interface takes them. */
export function parameters(
  { kind, query, at, from, to, step, limit, direction }: Case,
  { base }: Times,
): URLSearchParams {
  const ns = (minutes: number): string => String(base + BigInt(Math.round(minutes * 60_000)) * (MINUTE / 60_000n));
  const given: Record<string, string> =
    kind === "instant"
      ? { time: ns(at ?? 65) }
      : { start: ns(from ?? 0), end: ns(to ?? 70), ...(kind === "range" ? { step: `${step ?? 300}s` } : {}) };
  return new URLSearchParams({
    query,
    ...given,
    ...(kind === "logs" ? { limit: String(limit ?? 200), direction: direction ?? "forward", step: "60s" } : {}),
  });
}

export async function askLoki(url: string, test: Case, times: Times): Promise<Answer> {
  const path = test.kind === "instant" ? "query" : "query_range";
  const answer = await fetch(`${url}/loki/api/v1/${path}?${parameters(test, times)}`, {
    headers: { "X-Loki-Response-Encoding-Flags": "categorize-labels" },
  });
  const text = await answer.text();
  if (answer.status !== 200) return { status: answer.status, text: text.trim() };
  return readBody(JSON.parse(text));
}

interface Body {
  readonly data: {
    readonly resultType: string;
    readonly result: readonly (Stream & Series)[] | readonly [number, string];
  };
}

interface Stream {
  readonly stream?: Labels;
  readonly values?: readonly (readonly [string | number, string, Categories?])[];
}

interface Categories {
  readonly structuredMetadata?: Labels;
  readonly parsed?: Labels;
}

interface Series {
  readonly metric?: Labels;
  readonly value?: readonly [number, string];
}

function readBody({ data }: Body): Answer {
  const { resultType: type, result } = data;
  if (type === "scalar") return { status: 200, type, rows: [{ key: "", values: [["", Number(result[1])]] }] };
  const rows = result.flatMap((item): Row[] => {
    if (typeof item !== "object") return [];
    if (item.stream !== undefined) return streamRows(item.stream, item.values ?? []);
    const points = item.value === undefined ? (item.values ?? []) : [item.value];
    return [
      {
        key: labelsKey(item.metric ?? {}),
        values: points.map(([time, value]) => [String(time), Number(value.replace("Inf", "Infinity"))]),
      },
    ];
  });
  return { status: 200, type, rows: sortRows(rows) };
}

function streamRows(stream: Labels, values: NonNullable<Stream["values"]>): Row[] {
  return values.map(([ts, line, categories]) => ({
    key: `${ts} ${labelsKey(stream)} ${labelsKey(categories?.structuredMetadata ?? {})} ${labelsKey(categories?.parsed ?? {})}`,
    values: [["", line]],
  }));
}

function labelsKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function sortRows(rows: readonly Row[]): Row[] {
  return [...rows].sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)));
}

export function askEngine(engine: Engine, test: Case, times: Times): Answer {
  const given = parameters(test, times);
  const time = (name: string): bigint => BigInt(given.get(name) ?? "0");
  try {
    if (test.kind === "instant") {
      const result = engine.instant(test.query, { time: time("time") });
      if (result.kind === "scalar")
        return { status: 200, type: "scalar", rows: [{ key: "", values: [["", result.value]] }] };
      const stamp = String(result.timeMs / 1000);
      return answer(
        "vector",
        result.samples.map(({ labels, value }) => ({ key: labelsKey(labels), values: [[stamp, value]] })),
      );
    }
    const range = { start: time("start"), end: time("end") };
    if (test.kind === "range") {
      const { series } = engine.range(test.query, { ...range, stepMs: (test.step ?? 300) * 1000 });
      return answer(
        "matrix",
        series.map(({ labels, points }) => ({
          key: labelsKey(labels),
          values: points.map(({ timeMs, value }) => [String(timeMs / 1000), value] as const),
        })),
      );
    }
    const { lines } = engine.logs(test.query, {
      ...range,
      limit: Number(given.get("limit")),
      stepMs: 60_000,
      direction: test.direction ?? "forward",
    });
    return answer(
      "streams",
      lines.map(({ ts, line, stream, metadata, parsed }) => ({
        key: `${ts} ${labelsKey(stream)} ${labelsKey(metadata)} ${labelsKey(parsed)}`,
        values: [["", line] as const],
      })),
    );
  } catch (error) {
    if (error instanceof QueryError) return { status: error.status, text: error.text.trim() };
    throw error;
  }
}

function answer(type: string, rows: readonly Row[]): Answer {
  return { status: 200, type, rows: sortRows(rows) };
}
