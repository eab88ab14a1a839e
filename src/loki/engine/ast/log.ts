import type { Matcher } from "../../../logql/api";
import type { LabelFilter } from "./labelFilter";

/** Keeps lines that hold any of the texts (`|=`, `|~`), or none of them (`!=`, `!~`). */
export interface LineFilterStage {
  readonly kind: "line";
  readonly op: "|=" | "!=" | "|~" | "!~";
  readonly texts: readonly string[];
}

/** `| json` without expressions: every field of the line becomes a label. */
export interface JsonStage {
  readonly kind: "json";
}

/** `| json name="path"`; array positions in a path are written `[0]`. */
export interface JsonPathsStage {
  readonly kind: "jsonPaths";
  readonly fields: readonly { readonly name: string; readonly path: readonly string[] }[];
}

export interface LabelFilterStage {
  readonly kind: "labels";
  readonly filter: LabelFilter;
}

export type Stage = LineFilterStage | JsonStage | JsonPathsStage | LabelFilterStage;

export interface LogExpr {
  readonly kind: "log";
  readonly matchers: readonly Matcher[];
  readonly stages: readonly Stage[];
}

/** The label whose value a range aggregation computes with. */
export interface Unwrap {
  readonly label: string;
  readonly as: "number" | "duration" | "bytes";
  /** Filters after the conversion. */
  readonly filters: readonly LabelFilter[];
}
