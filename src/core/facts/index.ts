export { isCounted } from "./counted";
export type { FactEvent } from "./event";
export type { RunEvidence } from "./evidence";
export { FACT_NAMES, FACTS_VERSION, type FactName, type Facts } from "./facts";
export { FactTracker, type TrackedCall, type TrackerOptions } from "./tracker";
export { wholeFacts } from "./whole";
