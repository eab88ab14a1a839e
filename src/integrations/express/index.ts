/**
 * Runs for requests of Express 4 and 5.
 *
 * @packageDocumentation
 */

export type { RequestRunOptions } from "../requests/options";
export { dunetraceErrorMiddleware, dunetraceMiddleware } from "./middleware";
