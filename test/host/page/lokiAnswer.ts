import { type DataFrame, FieldType, type Labels, toDataFrame } from "@grafana/data";

interface Streams {
  readonly resultType: "streams";
  readonly result: readonly { readonly stream: Labels; readonly values: readonly (readonly [string, string])[] }[];
}
interface Matrix {
  readonly resultType: "matrix";
  readonly result: readonly { readonly metric: Labels; readonly values: readonly (readonly [number, string])[] }[];
}
interface Vector {
  readonly resultType: "vector";
  readonly result: readonly { readonly metric: Labels; readonly value: readonly [number, string] }[];
}
/** `data` of an answer of Loki's query API. */
export type LokiData = Streams | Matrix | Vector;

const isFramed = (data: unknown): data is LokiData => typeof data === "object" && data !== null && "resultType" in data;

/** @throws Error when Loki's answer has no result */
export function lokiData(answer: unknown): LokiData {
  if (typeof answer === "object" && answer !== null && "data" in answer && isFramed(answer.data)) return answer.data;
  throw new Error("Loki's answer has no data");
}

/** Frames as Grafana's Loki datasource gives them. */
export function framesOf(data: LokiData, refId: string, expr: string): DataFrame[] {
  if (data.resultType === "streams") return [logsFrame(data, refId, expr)];
  if (data.resultType === "matrix") {
    return data.result.map(({ metric, values }) => seriesFrame(metric, values, refId, expr));
  }
  return data.result.map(({ metric, value }) => seriesFrame(metric, [value], refId, expr));
}

function logsFrame({ result }: Streams, refId: string, expr: string): DataFrame {
  const rows = result.flatMap(({ stream, values }) => values.map(([ns, line]) => ({ stream, ns, line })));
  rows.sort((one, other) => (one.ns < other.ns ? 1 : -1));
  return toDataFrame({
    refId,
    meta: { custom: { frameType: "LabeledTimeValues" }, executedQueryString: `Expr: ${expr}` },
    fields: [
      { name: "labels", type: FieldType.other, values: rows.map(({ stream }) => stream) },
      { name: "Time", type: FieldType.time, values: rows.map(({ ns }) => Number(BigInt(ns) / 1_000_000n)) },
      { name: "Line", type: FieldType.string, values: rows.map(({ line }) => line) },
      { name: "tsNs", type: FieldType.string, values: rows.map(({ ns }) => ns) },
      { name: "id", type: FieldType.string, values: rows.map(({ ns }, index) => `${ns}_${index}`) },
    ],
  });
}

function seriesFrame(
  labels: Labels,
  values: readonly (readonly [number, string])[],
  refId: string,
  expr: string,
): DataFrame {
  return toDataFrame({
    refId,
    meta: { executedQueryString: `Expr: ${expr}` },
    fields: [
      { name: "Time", type: FieldType.time, values: values.map(([seconds]) => Math.round(seconds * 1000)) },
      { name: "Value", type: FieldType.number, labels, values: values.map(([, value]) => Number(value)) },
    ],
  });
}
