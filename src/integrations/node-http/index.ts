/**
 * Runs for requests of a plain Node server.
 *
 * @packageDocumentation
 */

export type { RequestRunOptions } from "../requests/options";
export { dunetraceListener } from "./listener";
