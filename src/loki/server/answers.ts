import type { Labels } from "../../logql/api";
import { type FoundLine, type InstantResult, type LogResult, type MatrixResult, mergedLabels } from "../engine";
import { labelsKey } from "../storage/labels";
import { goFloat } from "./goFloat";

type StreamValue = [ts: string, line: string] | [ts: string, line: string, labels: object];

/**
 * `{"stream": labels, "values": [["<ns>", "<line>"], …]}` for each set of labels. By category, `stream` has the stream's
 * own labels alone and each value names the others; otherwise all are in `stream`.
 */
export function streamsAnswer({ lines }: LogResult, byCategory: boolean): object {
  const streams = new Map<string, { stream: Labels; values: StreamValue[] }>();
  for (const found of lines) {
    const stream = byCategory ? found.stream : mergedLabels(found);
    const key = labelsKey(stream);
    let group = streams.get(key);
    if (group === undefined) {
      group = { stream, values: [] };
      streams.set(key, group);
    }
    const { ts, line } = found;
    group.values.push(byCategory ? [String(ts), line, categories(found)] : [String(ts), line]);
  }
  const flags = byCategory ? { encodingFlags: ["categorize-labels"] } : {};
  return success({ resultType: "streams", ...flags, result: [...streams.values()], stats: {} });
}

/** Labels of one line beside those of its stream; a category without any is left out. */
function categories({ metadata, parsed }: FoundLine): object {
  return {
    ...(Object.keys(metadata).length === 0 ? {} : { structuredMetadata: metadata }),
    ...(Object.keys(parsed).length === 0 ? {} : { parsed }),
  };
}

export function instantAnswer(answer: InstantResult): object {
  const time = answer.timeMs / 1000;
  if (answer.kind === "scalar") {
    return success({ resultType: "scalar", result: [time, goFloat(answer.value)], stats: {} });
  }
  const result = answer.samples.map(({ labels, value }) => ({ metric: labels, value: [time, goFloat(value)] }));
  return success({ resultType: "vector", result, stats: {} });
}

export function matrixAnswer({ series }: MatrixResult): object {
  const result = series.map(({ labels, points }) => ({
    metric: labels,
    values: points.map(({ timeMs, value }) => [timeMs / 1000, goFloat(value)]),
  }));
  return success({ resultType: "matrix", result, stats: {} });
}

/** Names, sorted and each once; Loki leaves `data` out when there is none. */
export function namesAnswer(names: Iterable<string>): object {
  const sorted = [...new Set(names)].sort();
  return sorted.length === 0 ? { status: "success" } : success(sorted);
}

export function success(data: unknown): object {
  return { status: "success", data };
}
