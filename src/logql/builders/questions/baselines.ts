import type { BaselineFact } from "../../../core/baselines";
import type { LogqlText } from "../../api";
import { selector } from "../compose/selector";
import { contains, pipeline } from "../compose/stages";
import { agents as agentMatchers, events, TERMINAL_EVENTS } from "../fields";
import type { Scope } from "../scope";
import { countOfFact, factOverTime } from "./facts";
import { endedRuns, type RunGroup } from "./runRate";

export interface BaselineRequest {
  readonly agents?: readonly string[] | undefined;
  /** Runs of this long before the time of the query, ms; 7 days by default. */
  readonly windowMs?: number | undefined;
  /** Per agent and version, or per agent over all versions. */
  readonly per: "version" | "agent";
}

const WEEK_MS = 7 * 86_400_000;
const COMPLETED = ["run.completed"] as const;

const groupsOf = (per: BaselineRequest["per"]): RunGroup[] => (per === "agent" ? ["agent"] : ["agent", "version"]);

/** What is usual: the 75th percentile of a fact over the completed runs of the window. */
export function baselineP75(scope: Scope, fact: BaselineFact, request: BaselineRequest): LogqlText {
  const { agents, windowMs = WEEK_MS, per } = request;
  return factOverTime(scope, { agents, ended: COMPLETED }, { fact, summary: 0.75, by: groupsOf(per), windowMs });
}

/** On how many runs does it rest? Without `unwrap`, which Loki refuses for counts. */
export function baselineCount(scope: Scope, fact: BaselineFact, request: BaselineRequest): LogqlText {
  const { agents, windowMs = WEEK_MS, per } = request;
  return countOfFact(scope, { agents, ended: COMPLETED }, { fact, by: groupsOf(per), windowMs });
}

/** How many runs completed in the window, with the fact or without it? */
export function baselineRuns(scope: Scope, request: BaselineRequest): LogqlText {
  const { agents, windowMs = WEEK_MS, per } = request;
  return endedRuns(scope, { agents, ended: COMPLETED }, { by: groupsOf(per), windowMs });
}

/** By which baselines were runs judged? Terminal lines that state theirs. */
export function runsWithBaselines(scope: Scope, agents?: readonly string[]): LogqlText {
  return pipeline(
    selector(scope, [...agentMatchers(agents), ...events(...TERMINAL_EVENTS)]),
    contains('"baseline":{"'),
  );
}
