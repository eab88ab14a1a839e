import { type Baselines, DetectorConfig, type FactCondition, type FailureType, NO_BASELINES } from "../../core";
import { FACT_FIELDS } from "../../core/facts/facts";
import type { LogqlText, Matcher } from "../api";
import {
  agents as agentMatchers,
  events,
  json,
  labelIsNot,
  oneOf,
  pipeline,
  type RunFilter,
  type Scope,
  selector,
  TERMINAL_EVENTS,
} from "../builders";
import { endParts, stagesOf as filterStages, identityParts } from "../builders/filter";
import {
  type Clause,
  clausesOf,
  EXIT_LABEL,
  factLabel,
  NUMERIC_FACTS,
  simplified,
  type Weighing,
  weighingOf,
} from "./clauses";
import { stagesOf, weighingStage } from "./filters";
import { type JudgedAlike, judgedAlike, notOf, VERSION_LABEL } from "./groups";

/** Which runs, and by what thresholds and baselines they are judged. */
export interface JudgedRuns {
  readonly scope?: Scope | undefined;
  readonly filter?: RunFilter | undefined;
  /** The built-in thresholds by default. */
  readonly config?: DetectorConfig | undefined;
  /** None by default. */
  readonly baselines?: Baselines | undefined;
}

/** A query for terminal lines that hold facts. */
export interface FactsQuery {
  readonly query: LogqlText;
  /** It uses `label_format`: a real Loki answers it, the embedded store refuses it by name. */
  readonly computesLabels: boolean;
}

/** From this many characters on groups of agents go into queries of their own: a URL has to hold them. */
const MOST_CHARACTERS = 6000;

/** The runs by how the detector judges them. */
export function groupsOf(type: FailureType, runs: JudgedRuns): JudgedAlike[] {
  const { config = new DetectorConfig(), baselines = NO_BASELINES, filter = {} } = runs;
  return judgedAlike(type, { config, baselines }, filter.agents ?? []);
}

/** One query for all groups, or several where it would get too long; none where no run can be meant. */
export function queriesFor(
  all: readonly JudgedAlike[],
  conditionOf: (group: JudgedAlike) => FactCondition,
  runs: JudgedRuns,
  part: readonly JudgedAlike[] = all,
): FactsQuery[] {
  const meant = part.filter((group) => !clausesOf(conditionOf(group)).some((clause) => clause.length === 0));
  if (meant.length === 0) return [];
  const query = queryFor(all, meant, conditionOf, runs);
  const cut = middle(meant);
  if (query.query.length <= MOST_CHARACTERS || cut === undefined) return [query];
  return [meant.slice(0, cut), meant.slice(cut)].flatMap((fewer) => queriesFor(all, conditionOf, runs, fewer));
}

/** Where to cut the groups in two so that no agent is on both sides; undefined when that cannot be. */
function middle(groups: readonly JudgedAlike[]): number | undefined {
  const half = groups.length / 2;
  const cuts = groups.flatMap((group, at) => (at > 0 && !sharesAgent(group, groups[at - 1]) ? [at] : []));
  return cuts.sort((a, b) => Math.abs(a - half) - Math.abs(b - half))[0];
}

function sharesAgent({ agents }: JudgedAlike, other: JudgedAlike | undefined): boolean {
  if (other === undefined || !("in" in agents) || !("in" in other.agents)) return false;
  const names = other.agents.in;
  return agents.in.some((agent) => names.includes(agent));
}

function queryFor(
  groups: readonly JudgedAlike[],
  meant: readonly JudgedAlike[],
  conditionOf: (group: JudgedAlike) => FactCondition,
  { scope = {}, filter = {} }: JudgedRuns,
): FactsQuery {
  const isOnly = meant.length === 1;
  const clauses = meant.flatMap((group) => whereOf(group, conditionOf(group), isOnly));
  const shown = simplified([...alwaysKnown(clauses), ...membership(groups, meant), ...clauses]);
  const labels = new Set(shown.flat().map(({ label }) => label));
  // Two groups may weigh the same facts by other limits: the label says which.
  const weighings = new Map(
    meant.flatMap((group) => weighingsIn(conditionOf(group))).map((weighing) => [weighing.label, weighing]),
  );
  const used = [...weighings.values()].filter(({ label }) => labels.has(label));
  const selected = selectorOf(scope, filter, agentsOf(meant));
  const query = pipeline(
    selected,
    ...filterStages(identityParts({ ...filter, agents: [] }), endParts(filter)),
    json({ f_v: "payload.facts_v", ...pathsOf(shown, used) }),
    labelIsNot("f_v", ""),
    ...used.map(weighingStage),
    ...stagesOf(shown),
  );
  return { query, computesLabels: used.length > 0 };
}

export function selectorOf(scope: Scope, filter: RunFilter, agents: readonly Matcher[] | undefined): LogqlText {
  const types = filter.ended?.length ? filter.ended : TERMINAL_EVENTS;
  return selector(scope, [...(agents ?? agentMatchers(filter.agents)), ...events(...types)]);
}

/** The agents of the groups: those named, or all but those that are in no group. */
function agentsOf(groups: readonly JudgedAlike[]): Matcher[] {
  const named = groups.flatMap(({ agents }) => ("in" in agents ? agents.in : []));
  const others = groups.flatMap(({ agents }) => ("notIn" in agents ? [agents.notIn] : []))[0];
  if (others === undefined) return agentMatchers([...new Set(named)]);
  return notOneOf(
    "agent_id",
    others.filter((agent) => !named.includes(agent)),
  );
}

function notOneOf(name: string, values: readonly string[]): Matcher[] {
  const [matcher] = oneOf(name, values);
  return matcher === undefined ? agentMatchers([]) : [{ ...matcher, op: matcher.op === "=" ? "!=" : "!~" }];
}

/** What keeps runs of the other groups out, as far as the selector does not: other versions of the same agents. */
function membership(groups: readonly JudgedAlike[], meant: readonly JudgedAlike[]): Clause[] {
  const named = new Set(meant.flatMap(({ agents }) => ("in" in agents ? agents.in : [])));
  return groups
    .filter(
      (group) => !meant.includes(group) && "in" in group.agents && group.agents.in.some((agent) => named.has(agent)),
    )
    .map((group) => notOf(group));
}

/** Lines with facts hold those that are not optional: then no other clause has to ask for them. */
function alwaysKnown(clauses: readonly Clause[]): Clause[] {
  const labels = new Set(clauses.flat().map(({ label }) => label));
  return NUMERIC_FACTS.filter((fact) => !FACT_FIELDS[fact].optional && labels.has(factLabel(fact))).flatMap((fact) =>
    clausesOf({ kind: "known", fact }),
  );
}

/** The condition for runs of the group; where there is no other group it goes without saying which. */
function whereOf(group: JudgedAlike, condition: FactCondition, isOnly: boolean): Clause[] {
  const clauses = clausesOf(condition);
  return isOnly ? clauses : clauses.map((clause) => [...notOf(group), ...clause]);
}

function weighingsIn(condition: FactCondition): Weighing[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(weighingsIn);
    case "not":
      return weighingsIn(condition.of);
    case "outweighs":
      return [weighingOf(condition)];
    default:
      return [];
  }
}

/** What the filters look at, by its place in the line. */
function pathsOf(clauses: readonly Clause[], weighings: readonly Weighing[]): Record<string, string> {
  const labels = new Set(clauses.flat().map(({ label }) => label));
  const facts = NUMERIC_FACTS.filter(
    (fact) =>
      labels.has(factLabel(fact)) || weighings.some((weighing) => weighing.fact === fact || weighing.other === fact),
  );
  return {
    ...(labels.has(VERSION_LABEL) ? { [VERSION_LABEL]: "agent_version" } : {}),
    ...(labels.has(EXIT_LABEL) ? { [EXIT_LABEL]: "payload.exit_reason" } : {}),
    ...Object.fromEntries(facts.map((fact) => [factLabel(fact), `payload.facts.${fact}`])),
  };
}
