/**
 * Runs for the Vercel AI SDK, through its telemetry. Nothing of the AI SDK or of OpenTelemetry is loaded.
 *
 * @packageDocumentation
 */

export type { AiSdkOptions } from "./options";
export { dunetraceTracer } from "./tracer";
