export type { Query } from "./ast/query";
export { Engine, type LogRange, type StepRange } from "./engine";
export { QueryError } from "./errors";
export { checkBounds, checkEntries, checkLength, checkStep, LIMITS, type Limits } from "./limits";
export { compareLabels } from "./metrics/series";
export { matchersOf, parseQuery } from "./parse";
export { textMatcher } from "./regex/matcher";
export {
  type FoundLine,
  type InstantResult,
  type LogResult,
  type MatrixResult,
  type MatrixSeries,
  mergedLabels,
  type VectorSample,
} from "./results";
