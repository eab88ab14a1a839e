/** Runs judged with the thresholds and baselines of their agents: what lists, reports, frames and pages all show. */
export { hasEvents, type Judged, type JudgedRun, Judging, type JudgingOptions, type ListedRun } from "./judging";
export { recordedVerdicts } from "./recorded";
export { HEADLINE, type SignalSelection, selectSignals } from "./selection";
