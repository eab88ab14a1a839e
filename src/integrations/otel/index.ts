/**
 * OpenTelemetry in both directions: traces of this process as runs, and runs as traces. Nothing of OpenTelemetry is
 * loaded.
 *
 * @packageDocumentation
 */

export { attach } from "./attach";
export { exportRuns, type RunExportOptions } from "./exportRuns";
export type { OtelOptions } from "./options";
export { DunetraceSpanProcessor } from "./processor";
