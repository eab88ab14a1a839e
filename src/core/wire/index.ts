export { type OutgoingEvent, RunEncoder, type RunHead } from "./encode";
export {
  COUNTED_EVENTS,
  type CountedEventType,
  EVENT_TYPES,
  type EventType,
  isEventType,
  PAYLOAD_FIELDS,
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
export type { HashText, Reduction, TextOfArguments } from "./rawFields";
export { isRecord } from "./record";
export * from "./terms";
export { formatMicros, microsToMillis, parseMicros } from "./time";
