/** Runs judged with the thresholds and baselines of their agents: what lists, reports, frames and pages all show. */
export { explanationOf, NOT_FOUND_TODAY } from "./explanation";
export { hasEvents, type Judged, type JudgedRun, Judging, type ListedRun } from "./judging";
export { recordedVerdicts } from "./recorded";
export { HEADLINE, type SignalSelection, selectSignals } from "./selection";
export { type DetectorState, detectorStates } from "./states";
