export { BASELINE_FACTS, type Baseline, type BaselineFact } from "./baseline";
export { type BaselineOptions, type BaselineRun, computeBaselines } from "./computeBaselines";
export { ALL_VERSIONS, type BaselineEntry, type BaselineFile } from "./file";
export { BaselineFileError, Baselines, NO_BASELINES, parseBaselines } from "./parseBaselines";
