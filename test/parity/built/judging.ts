import {
  DetectorConfig,
  FAILURE_TYPES,
  NO_BASELINES,
  parseBaselines,
  parseDetectorConfig,
  SEVERITIES,
} from "../../../src/core";
import type { LogqlText, RunFilter, Scope } from "../../../src/logql";
import { factsQueries, judgedCount, rawQueries, whatIfQueries } from "../../../src/logql/detectors";
import { type BuiltWorld, HOSTILE } from "../builtWorld";
import { instant, logs, metric, type Question } from "./question";

const windowMs = 6 * 3_600_000;

interface Judging {
  readonly name: string;
  readonly config: DetectorConfig;
  readonly baselines: typeof NO_BASELINES;
  readonly filter: RunFilter;
}

/** Detectors over facts with and without baselines and sections of their own, what-ifs, and those over raw events. */
export function judgingQuestions(world: BuiltWorld): { readonly known: Question[]; readonly refused: Question[] } {
  const scope: Scope = { base: [{ name: "w", op: "=", value: world.name }] };
  const known: Question[] = [];
  const refused: Question[] = [];
  for (const { name: kind, config, baselines, filter } of judgings(world)) {
    const runs = { scope, config, baselines, filter };
    for (const type of FAILURE_TYPES) {
      const name = `${type} ${kind}`;
      const { fires, no_data } = factsQueries(type, runs);
      for (const { query, computesLabels } of [...fires, ...no_data])
        (computesLabels ? refused : known).push(logs(`facts of ${name}`, query));
      for (const least of SEVERITIES)
        for (const { query, computesLabels } of whatIfQueries(type, { ...runs, least, windowMs }))
          (computesLabels ? refused : known).push(...metric(`what-if ${least} of ${name}`, query));
    }
    known.push(...metric(`judgedCount ${kind}`, judgedCount({ ...runs, windowMs })));
  }
  const raw = rawQuestions(scope, world);
  return { known: [...known, ...raw.known], refused: [...refused, ...raw.refused] };
}

function judgings({ agents, versions }: BuiltWorld): Judging[] {
  const [agent = "", other = ""] = agents;
  const p75 = { steps: 2.5, slowest_tool_ms: 700, total_tokens: 4000.5, turn_calls_max: 2, context_growth: 0.75 };
  const entry = { "*": { runs: 20, p75 } };
  const perVersion = Object.fromEntries(
    ["v1", "v10", ...versions].map((name) => [name, { runs: 20, p75: { ...p75, steps: 9 } }]),
  );
  const file = {
    schema: 1,
    generated_at: "2026-11-20T10:00:00.000000Z",
    window_days: 7,
    agents: Object.fromEntries([
      ...HOSTILE.map((name) => [name, entry]),
      [agent, { ...entry, ...perVersion }],
      [other, { ...perVersion }],
    ]),
  };
  const baselines = parseBaselines(file, "baselines of the test");
  const config = parseDetectorConfig(
    { default: { tool_loop: { threshold: 2 }, slow_step: { tool_ms: 100 } }, [agent]: { tool_loop: { threshold: 4 } } },
    "detectors.yml of the test",
  );
  return [
    { name: "by default", config: new DetectorConfig(), baselines: NO_BASELINES, filter: {} },
    { name: "with baselines", config: new DetectorConfig(), baselines, filter: {} },
    { name: "with sections", config, baselines: NO_BASELINES, filter: { min_severity: "MEDIUM" } },
    { name: "of some agents", config, baselines, filter: { agents: [agent, ...HOSTILE], versions: ["", ...versions] } },
  ];
}

function rawQuestions(scope: Scope, { agents }: BuiltWorld): { known: Question[]; refused: Question[] } {
  const known: Question[] = [];
  const refused: Question[] = [];
  for (const type of FAILURE_TYPES) {
    for (const baseline of [undefined, { steps: 2.5 }]) {
      for (const withoutSchema of [false, true]) {
        const asked = rawQueries(type, { scope, agents: [...agents, ...HOSTILE], windowMs, baseline, withoutSchema });
        const queries = [...(asked?.fires ?? []).map(({ query }) => query), ...(asked?.no_data ? [asked.no_data] : [])];
        for (const query of queries) {
          const question = instant(`raw events of ${type}`, query);
          if (isBeyond(query)) refused.push(question);
          else known.push(question);
        }
      }
    }
  }
  return { known, refused };
}

/** Series that are joined, or a regular expression that JavaScript might take exponential time for. */
const isBeyond = (query: LogqlText): boolean => / (?:unless|and|or|\/) on \(/.test(query) || query.includes(")*)?");
