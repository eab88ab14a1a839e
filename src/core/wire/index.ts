export { RunEncoder, type RunHead } from "./encode";
export {
  type CountedEventType,
  EVENT_TYPES,
  type EventType,
  isEventType,
  type Payloads,
  type RecordedVerdict,
} from "./events";
export type { Scalar } from "./fields";
export { normaliseFinishReason } from "./finishReason";
export { levelOf } from "./levels";
export {
  DEFAULT_LINE_LIMIT,
  type Line,
  type LineOf,
  LOGGER,
  MAX_LINE_LIMIT,
  type Micros,
  SCHEMA_VERSION,
  type UnknownLine,
} from "./line";
export { agentIdOf, cutName } from "./names";
export { type ParseResult, type ProblemKind, parseLine } from "./parse";
export type { Reduction } from "./rawFields";
export { isRecord } from "./record";
export * from "./terms";
export { formatMicros, microsToMillis, parseMicros } from "./time";
