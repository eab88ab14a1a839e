/**
 * Runs for handlers that take a Request and give a Response: route handlers of Next.js, Hono, and others.
 *
 * @packageDocumentation
 */

export type { RequestRunOptions } from "../requests/options";
export { dunetraceHandler, type WithRun } from "./handler";
export { dunetraceHono, type HonoContext } from "./hono";
