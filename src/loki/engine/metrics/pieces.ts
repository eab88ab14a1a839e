import type { RangeAggregation, RangeOp } from "../ast/metric";
import { PIECE_NS } from "./seriesLimit";

/** A window cut into hours, each asked on its own, and how their answers become one. */
export interface Pieces {
  readonly parts: readonly RangeAggregation[];
  /** `all`: series of several pieces stand side by side, for the aggregation around them. */
  readonly merge: "sum" | "max" | "min" | "all";
  /** What the sum is divided by: the seconds of the whole window for rates. */
  readonly divisor: number;
}

const COUNTED: Readonly<Partial<Record<RangeOp, RangeOp>>> = {
  rate: "count_over_time",
  bytes_rate: "bytes_over_time",
};

/**
 * What Loki's frontend makes of a window of more than an hour in an instant query. With an aggregation around it each
 * piece is aggregated already, so `max(count_over_time(…[2h]))` is the sum of the maxima of both hours there.
 */
export function piecesOf(range: RangeAggregation): Pieces {
  const op = range.op === "rate" && range.unwrap !== undefined ? "sum_over_time" : (COUNTED[range.op] ?? range.op);
  const parts: RangeAggregation[] = [];
  for (let before = 0n; before < range.window; before += PIECE_NS) {
    const rest = range.window - before;
    parts.push({ ...range, op, window: rest < PIECE_NS ? rest : PIECE_NS, offset: range.offset + before });
  }
  return { parts, merge: mergeOf(range), divisor: op === range.op ? 1 : Number(range.window) / 1e9 };
}

function mergeOf(range: RangeAggregation): Pieces["merge"] {
  if (range.op === "max_over_time") return "max";
  if (range.op === "min_over_time") return "min";
  const parsed = range.log.stages.some(({ kind }) => kind === "json");
  return parsed && (range.op === "count_over_time" || range.op === "bytes_over_time") ? "all" : "sum";
}
