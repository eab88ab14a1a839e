/**
 * Queries: one builder per question. Values of outside are escaped here and nowhere else.
 *
 * @example
 * const query = finishedRuns(parseScope('{cluster="eu"}'), { agents: ["support-bot"], min_severity: "HIGH" });
 * const lines = await loki.logs({ query, start, end, limit: 100, direction: "backward" });
 */
export { durationText, needleOf, numberText, quoted, regexOf } from "./compose/escape";
export {
  aggregate,
  averageOverTime,
  countOverTime,
  overTime,
  quantileOverTime,
  type SumFunction,
  type VectorFunction,
  type Window,
} from "./compose/metrics";
export { oneOf, selector } from "./compose/selector";
export {
  anyOf,
  type Comparison,
  type Condition,
  contains,
  containsAny,
  containsValue,
  is,
  isNot,
  isOneOf,
  type JsonPath,
  json,
  labelIn,
  labelIs,
  labelIsNot,
  lacks,
  matches,
  numberIs,
  pipeline,
  readable,
  type Stage,
  search,
  unwrap,
  where,
} from "./compose/stages";
export { rawLogql } from "./compose/text";
export { agents, events, fields, TERMINAL_EVENTS } from "./fields";
export { asksForEnd, type EndFilter, type IdentityFilter, type RunFilter, severitiesFrom } from "./filter";
export {
  type BaselineRequest,
  baselineCount,
  baselineP75,
  baselineRuns,
  runsWithBaselines,
} from "./questions/baselines";
export {
  countOfFact,
  countRunsWithFacts,
  type FactCondition,
  type FactOverTimeRequest,
  type FactSummary,
  factOverTime,
  runsWithFacts,
} from "./questions/facts";
export { allLines, type LinesFilter, lineCounts } from "./questions/lines";
export { MOST_NAMED_RUNS, type NamedRuns, runActivity, runEnds } from "./questions/liveness";
export { deployAndFixMarkers, deployMarkers, fixMarkers, type MarkerFilter } from "./questions/markers";
export { childRuns, type RunReference, runLines } from "./questions/run";
export {
  agentCounts,
  begunRuns,
  endedRuns,
  RUN_GROUPS,
  type RunGroup,
  type RunRateRequest,
} from "./questions/runRate";
export { finishedRuns, startedAndFinishedRuns, startedRuns } from "./questions/runs";
export { SIGNAL_GROUPS, type SignalGroup, type SignalRateRequest, signalRate } from "./questions/signalRate";
export {
  liveSignals,
  liveSignalsOf,
  recordedSignals,
  runsWithoutVerdicts,
  runsWithSignals,
  type SignalFilter,
} from "./questions/signals";
export { parseScope, type Scope, ScopeError } from "./scope";
