import { BASELINE_FACTS } from "../../../src/core";
import { EXIT_REASONS, FAILURE_TYPES, SEVERITIES } from "../../../src/core/wire";
import {
  agentCounts,
  allLines,
  baselineCount,
  baselineP75,
  baselineRuns,
  begunRuns,
  childRuns,
  countOfFact,
  countRunsWithFacts,
  deployAndFixMarkers,
  deployMarkers,
  endedRuns,
  factOverTime,
  finishedRuns,
  fixMarkers,
  type IdentityFilter,
  lineCounts,
  liveSignals,
  type RunFilter,
  recordedSignals,
  runActivity,
  runEnds,
  runLines,
  runsWithFacts,
  runsWithSignals,
  type Scope,
  signalRate,
  startedAndFinishedRuns,
  startedRuns,
} from "../../../src/logql";
import { type BuiltWorld, HOSTILE } from "../builtWorld";
import { instant, logs, metric, type Question } from "./question";

const HOUR_MS = 3_600_000;
const windowMs = 6 * HOUR_MS;

/** Every question of the product, with usual, hostile and combined filters. */
export function questionsOf(world: BuiltWorld): Question[] {
  const scope: Scope = { base: [{ name: "w", op: "=", value: world.name }] };
  return [
    ...usualFilters(world).flatMap((filter) => byIdentity(scope, filter)),
    ...HOSTILE.flatMap((text) => hostileFilters(text).flatMap((filter) => byIdentity(scope, filter).slice(0, 2))),
    ...HOSTILE.flatMap((text) => byIdentity(scope, combined(text, world))),
    ...endFilters().flatMap((filter) => byEnd(scope, filter)),
    ...scopes(world.name).flatMap(({ name, scope: base }) => [
      logs(`finishedRuns in ${name}`, finishedRuns(base)),
      ...metric(`agentCounts in ${name}`, agentCounts(base, {}, windowMs)),
    ]),
    ...runs(scope, world),
    ...rates(scope, world),
    ...facts(scope),
  ];
}

function hostileFilters(text: string): IdentityFilter[] {
  return [
    { agents: [text] },
    { versions: [text] },
    { session_id: text },
    { parent_run_id: `p${text}` },
    { environment: text },
    { text },
  ];
}

function combined(text: string, { agents }: BuiltWorld): IdentityFilter {
  const alike = ["", text, `${text}0`];
  return { agents: [text, ...agents], versions: alike, session_id: text, environment: text, text: text.slice(0, 2) };
}

function usualFilters({ agents, versions }: BuiltWorld): IdentityFilter[] {
  const [agent = "", other = ""] = agents;
  const [version = "", next = ""] = versions;
  return [
    {},
    { agents: [] },
    { agents: [agent] },
    { agents: [agent, other, "nobody"] },
    { agents: [""] },
    { agents: HOSTILE },
    { versions: [version] },
    { versions: [version, next] },
    { versions: [""] },
    { versions: ["", version, next] },
    { versions: [version, ""] },
    { versions: ["v1", "v10"] },
    { versions: HOSTILE },
    { environment: "production" },
    { environment: "" },
    { session_id: "" },
    { parent_run_id: "" },
    { text: agent.toUpperCase() },
    { text: `"steps":` },
    { agents: [agent], versions: [version], environment: "production", text: "RUN" },
  ];
}

function byIdentity(scope: Scope, filter: IdentityFilter): Question[] {
  const name = JSON.stringify(filter);
  return [
    logs(`finishedRuns ${name}`, finishedRuns(scope, filter)),
    instant(`endedRuns ${name}`, endedRuns(scope, filter, { by: ["agent", "version", "exit_reason"], windowMs })),
    logs(`startedAndFinishedRuns ${name}`, startedAndFinishedRuns(scope, filter)),
    logs(`startedRuns ${name}`, startedRuns(scope, filter)),
    logs(`allLines ${name}`, allLines(scope, filter)),
    logs(`liveSignals ${name}`, liveSignals(scope, filter)),
    logs(`recordedSignals ${name}`, recordedSignals(scope, filter)),
    instant(`lineCounts ${name}`, lineCounts(scope, filter, windowMs)),
    instant(`signalRate ${name}`, signalRate(scope, { ...filter, by: ["failure_type", "severity"], windowMs })),
    instant(
      `countRunsWithFacts ${name}`,
      countRunsWithFacts(scope, filter, [{ fact: "steps", op: ">=", value: 3 }], { by: ["agent"], windowMs }),
    ),
    instant(
      `factOverTime ${name}`,
      factOverTime(scope, filter, { fact: "duration_ms", summary: "avg", by: ["version"], windowMs }),
    ),
  ];
}

function endFilters(): RunFilter[] {
  return [
    { ended: [] },
    { ended: ["run.errored"] },
    { ended: ["run.completed", "run.errored"] },
    ...EXIT_REASONS.map((reason): RunFilter => ({ exit_reasons: [reason] })),
    { exit_reasons: EXIT_REASONS },
    ...FAILURE_TYPES.map((type): RunFilter => ({ failure_types: [type] })),
    { failure_types: FAILURE_TYPES, shadow: true },
    ...SEVERITIES.flatMap((min_severity): RunFilter[] => [{ min_severity }, { min_severity, shadow: true }]),
    { min_severity: "HIGH", failure_types: ["TOOL_LOOP", "RETRY_STORM"], exit_reasons: ["error"], text: "loop" },
  ];
}

function byEnd(scope: Scope, filter: RunFilter): Question[] {
  const name = JSON.stringify(filter);
  const { failure_types, min_severity, shadow } = filter;
  const signals = { failure_types, min_severity, shadow };
  return [
    logs(`finishedRuns ${name}`, finishedRuns(scope, filter)),
    logs(`recordedSignals ${name}`, recordedSignals(scope, signals)),
    logs(`liveSignals ${name}`, liveSignals(scope, signals)),
    instant(`signalRate ${name}`, signalRate(scope, { ...signals, by: ["agent", "version"], windowMs })),
    instant(`endedRuns ${name}`, endedRuns(scope, filter, { by: ["event"], windowMs })),
    logs(`runsWithFacts ${name}`, runsWithFacts(scope, filter, [{ fact: "llm_calls", op: ">", value: 1 }])),
  ];
}

function scopes(w: string): { name: string; scope: Scope }[] {
  const base = { name: "w", op: "=", value: w } as const;
  const more = HOSTILE.flatMap((value): Scope[] => [
    { base: [base, { name: "agent_id", op: "=", value }] },
    { base: [base, { name: "absent", op: "!=", value }] },
  ]);
  const regexes: Scope[] = [
    { base: [base, { name: "agent_id", op: "=~", value: ".*(o|a).*" }] },
    { base: [base, { name: "agent_id", op: "!~", value: "(?i)[^A]+|" }] },
    { base: [base, { name: "absent", op: "=~", value: "|x" }] },
  ];
  return [...more, ...regexes].map((scope) => ({ name: JSON.stringify(scope.base), scope }));
}

function runs(scope: Scope, { runIds, agents }: BuiltWorld): Question[] {
  const named = [...runIds.slice(0, 6), ...HOSTILE.map((text) => `r${text}`), "unknown", ""];
  const lists = [runIds.slice(0, 1), runIds, HOSTILE.map((text) => `r${text}`), [...runIds.slice(0, 3), ""], [""]];
  return [
    ...named.flatMap((run_id) => [
      logs(`runLines ${run_id}`, runLines(scope, { run_id })),
      logs(`runLines ${run_id} of an agent`, runLines(scope, { run_id, agent_id: agents[0] ?? run_id.slice(1) })),
      logs(`childRuns ${run_id}`, childRuns(scope, run_id)),
      logs(`childRuns p${run_id.slice(1)}`, childRuns(scope, `p${run_id.slice(1)}`)),
    ]),
    ...lists.flatMap((run_ids) => [
      logs(`runEnds of ${run_ids.length}`, runEnds(scope, { run_ids })),
      logs(`runEnds of ${run_ids.length} of agents`, runEnds(scope, { run_ids, agents })),
      ...metric(`runActivity of ${run_ids.length}`, runActivity(scope, { run_ids }, windowMs)),
      ...metric(`runActivity of ${run_ids.length}, lately`, runActivity(scope, { run_ids, agents }, 1)),
    ]),
    logs("runsWithSignals", runsWithSignals(scope)),
    logs("fixMarkers", fixMarkers(scope)),
    logs("deployMarkers", deployMarkers(scope)),
    logs("deployAndFixMarkers", deployAndFixMarkers(scope, { agents })),
    ...HOSTILE.map((text) => logs(`deployMarkers ${text}`, deployMarkers(scope, { agents: [text], versions: [text] }))),
    logs("deployMarkers of several", deployMarkers(scope, { versions: [...HOSTILE, ""] })),
  ];
}

/** Windows, offsets and groups. */
function rates(scope: Scope, { agents }: BuiltWorld): Question[] {
  const windows = [
    { windowMs: 1 },
    { windowMs: 90_000 },
    { windowMs: HOUR_MS },
    { windowMs, offsetMs: HOUR_MS },
    { windowMs: 7 * 24 * HOUR_MS },
  ];
  return windows.flatMap((window) => {
    const name = JSON.stringify(window);
    const by = ["agent", "version", "event", "exit_reason", "environment"] as const;
    return [
      ...metric(`endedRuns ${name}`, endedRuns(scope, {}, { by: [], ...window })),
      ...metric(`endedRuns by all ${name}`, endedRuns(scope, { agents }, { by, ...window })),
      ...metric(`begunRuns ${name}`, begunRuns(scope, {}, { by: ["agent", "version", "environment"], ...window })),
      ...metric(
        `signalRate ${name}`,
        signalRate(scope, {
          by: ["agent", "failure_type", "severity", "version"],
          shadow: true,
          min_severity: "LOW",
          ...window,
        }),
      ),
      ...metric(`agentCounts ${name}`, agentCounts(scope, {}, window.windowMs)),
      ...metric(`lineCounts ${name}`, lineCounts(scope, {}, window.windowMs)),
    ];
  });
}

/** Thresholds at the edges of numbers, sums, quantiles and baselines. */
function facts(scope: Scope): Question[] {
  const values = [0, -0, 3, -1, 0.5, 1e-7, 2.2e-7, 1.5e-9, 1e21, Number.MAX_SAFE_INTEGER, 5e-324, 123456.789];
  const ops = [">", ">=", "<", "<=", "==", "!="] as const;
  const summaries = ["sum", "avg", "min", "max", 0, 0.5, 0.75, 0.999, 1, 1e-9] as const;
  const named = ["steps", "loop_count", "duration_ms", "cost_usd"] as const;
  return [
    ...values.flatMap((value) =>
      ops.map((op) => logs(`cost ${op} ${value}`, runsWithFacts(scope, {}, [{ fact: "cost_usd", op, value }]))),
    ),
    logs(
      "two facts",
      runsWithFacts(scope, {}, [
        { fact: "steps", op: ">", value: 3 },
        { fact: "cost_usd", op: "<", value: 1 },
      ]),
    ),
    logs("no condition", runsWithFacts(scope, {}, [])),
    ...named.flatMap((fact) => [
      ...summaries.flatMap((summary) =>
        metric(`${fact} ${summary}`, factOverTime(scope, {}, { fact, summary, by: ["agent"], windowMs })),
      ),
      ...metric(
        `${fact} in one`,
        factOverTime(scope, {}, { fact, summary: "max", by: [], windowMs, offsetMs: HOUR_MS }),
      ),
      ...metric(`count of ${fact}`, countOfFact(scope, {}, { fact, by: ["agent", "version"], windowMs })),
    ]),
    ...BASELINE_FACTS.flatMap((fact) =>
      (["agent", "version"] as const).flatMap((per) => [
        ...metric(`baselineP75 ${fact} per ${per}`, baselineP75(scope, fact, { per })),
        ...metric(`baselineCount ${fact} per ${per}`, baselineCount(scope, fact, { per, agents: HOSTILE })),
        ...metric(`baselineRuns per ${per}`, baselineRuns(scope, { per, windowMs: 90_000 })),
      ]),
    ),
  ];
}
