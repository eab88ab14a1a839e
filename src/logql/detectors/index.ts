/** Each detector's LogQL: over the facts of terminal lines, and over raw events where that is exact. */
export type { FactsQuery, JudgedRuns } from "./composeQuery";
export { type FactsQueries, factsQueries, type TierQuery } from "./factsQueries";
export { type Producer, type RawLines, type RawQueries, type RawRequest, RUN_LABEL, rawQueries } from "./raw";
export { firingQueries, judgedCount, judgedRuns, type WhatIf, whatIfQueries } from "./whatIf";
