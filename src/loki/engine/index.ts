export { Engine } from "./engine";
export { QueryError } from "./errors";
export { checkBounds, checkLength, checkStep, LIMITS, type Limits } from "./limits";
export { matchersOf, parseQuery } from "./parse";
export { textMatcher } from "./regex/matcher";
export {
  type FoundLine,
  type InstantResult,
  type LogResult,
  type MatrixResult,
  mergedLabels,
} from "./results";
