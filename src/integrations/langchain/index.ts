/**
 * Runs for LangChain.js and LangGraph, through their callbacks. Nothing of LangChain is loaded.
 *
 * @packageDocumentation
 */

export { DunetraceCallbackHandler } from "./handler";
export type { LangChainOptions } from "./options";
