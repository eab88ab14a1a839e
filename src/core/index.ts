/**
 * What a reader of lines needs: parse them, rebuild runs, judge runs. Pure: no Node, no DOM; hashing, prices and clocks
 * are given by the caller.
 *
 * @example
 * const assembler = new RunAssembler();
 * for (const text of lines) {
 *   const parsed = parseLine(text);
 *   if (parsed.ok) assembler.add(parsed.line);
 * }
 * for (const group of assembler.takeRest()) {
 *   const run = rebuildRun(group.lines);
 *   const { signals } = judge({ ...run, evidence: () => run.evidence, baseline: {}, settings: DEFAULT_SETTINGS });
 * }
 */
export * from "./baselines";
export {
  type Comparison,
  confidenceOf,
  DEFAULT_SETTINGS,
  DETECTORS,
  type Detector,
  type DetectorConditions,
  DetectorConfig,
  DetectorConfigError,
  type DetectorSetting,
  type DetectorSettings,
  detectorOf,
  type Explanation,
  explain,
  explainSignal,
  type FactCondition,
  type Findings,
  type Fix,
  holds,
  type JudgeInput,
  judge,
  type NoData,
  type NumericFact,
  type Outcomes,
  outcomesOf,
  parseDetectorConfig,
  rulesHash,
  type Signal,
  type Thresholds,
  type Tier,
  type Verdict,
} from "./detectors";
export {
  FACT_NAMES,
  FACTS_VERSION,
  type FactEvent,
  type FactName,
  type Facts,
  FactTracker,
  type RunEvidence,
  type TrackedCall,
  type TrackerOptions,
} from "./facts";
export { argumentsText, canonicalJson, type Hash, hashText } from "./hashing";
export * from "./policies";
export * from "./prices";
export * from "./run";
export { type Assembled, RunAssembler, type RunLines } from "./run/assembler";
export {
  EVENT_TYPES,
  type EventType,
  formatMicros,
  isEventType,
  type Line,
  type LineOf,
  type Micros,
  microsToMillis,
  type ParseResult,
  type Payloads,
  type ProblemKind,
  parseLine,
  parseMicros,
  type RecordedVerdict,
  SCHEMA_VERSION,
  type Scalar,
  type UnknownLine,
} from "./wire";
export { type JsonSchema, lineSchema } from "./wire/schema";
export * from "./wire/terms";
