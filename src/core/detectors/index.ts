export {
  type Comparison,
  type DetectorConditions,
  type FactCondition,
  holds,
  type NumericFact,
  type Outcomes,
  outcomesOf,
  type Tier,
} from "./condition";
export { confidenceOf } from "./confidence";
export type { Detector, Explanation, Findings, Fix, Thresholds } from "./detector";
export { explain, explainSignal } from "./explain";
export { type JudgeInput, judge, type NoData, type Verdict } from "./judge";
export { type LiveSignal, LiveSignals } from "./live";
export { DETECTORS, detectorOf } from "./registry";
export {
  DEFAULT_SETTINGS,
  DetectorConfig,
  DetectorConfigError,
  type DetectorSetting,
  type DetectorSettings,
  parseDetectorConfig,
  rulesHash,
} from "./settings";
export { type Signal, wholeSignal } from "./signal";
