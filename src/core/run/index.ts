export { type Assembled, RunAssembler, type RunLines } from "./assembler";
export { type RebuildOptions, rebuildRun, STALL_AFTER_MS } from "./rebuild";
export type { Gap, LoopCluster, RecordedEnd, Run, RunStatus, Step, StepKind } from "./run";
export { visiblePayload } from "./visible";
