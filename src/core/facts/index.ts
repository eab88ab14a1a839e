export { isCounted } from "./counted";
export { emptyFacts } from "./emptyFacts";
export type { FactEvent } from "./event";
export { type ActionRecord, type ExternalSignal, MAX_EVIDENCE, type RunEvidence, type SlowRecord } from "./evidence";
export { FACT_FIELDS, FACT_NAMES, FACTS_VERSION, type FactName, type Facts, LOOP_WINDOW } from "./facts";
export { FactTracker, type TrackedCall, type TrackerOptions } from "./tracker";
