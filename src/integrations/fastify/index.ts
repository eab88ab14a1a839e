/**
 * Runs for requests of Fastify 4 and 5.
 *
 * @packageDocumentation
 */

export type { RequestRunOptions } from "../requests/options";
export { type DunetracePluginOptions, dunetracePlugin } from "./plugin";
