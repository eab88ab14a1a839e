import {
  type Baseline,
  DETECTORS,
  type Detector,
  type DetectorConditions,
  explain,
  type FactCondition,
  type Fix,
  parseBaselines,
} from "../../../src/core";
import { testFindings } from "../../../src/core/detectors/testFacts";
import { FIRING } from "../../../src/core/detectors/testFiring";
import { FACT_FIELDS, FACT_NAMES } from "../../../src/core/facts/facts";
import { factsQueries, rawQueries } from "../../../src/logql/detectors";
import { conditionText } from "./conditionText";
import { liveText } from "./live";
import { settingWords } from "./settingWords";
import { FACTS_HEADING, INTRO } from "./words";

/** What the examples with a baseline go by. */
const USUAL = {
  steps: 12,
  active_ms: 20_000,
  slowest_tool_ms: 2000,
  slowest_llm_ms: 5000,
  slowest_gap_ms: 1000,
  context_growth: 1.5,
  total_tokens: 8000,
  turn_calls_max: 6,
} as const satisfies Baseline;
const AGENT = "support-bot";
const HOUR_MS = 3_600_000;

/** The page of all detectors. */
export function detectorsPage(): string {
  const words = settingWords();
  const index = DETECTORS.map(
    (detector) =>
      `| [${detector.label}](#${detector.label.toLowerCase().replaceAll(" ", "-")}) | ${words.get(detector.key) ?? ""} | ${detector.top}${detector.shadow ? ", shadow" : ""} |`,
  );
  return [
    INTRO,
    ["| Detector | Looks for | At worst |", "|---|---|---|", ...index].join("\n"),
    ...DETECTORS.map((detector) => section(detector, words)),
    FACTS_HEADING,
    [
      "| Fact | Meaning |",
      "|---|---|",
      ...FACT_NAMES.map((name) => `| \`${name}\` | ${FACT_FIELDS[name].description} |`),
    ].join("\n"),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function section(detector: Detector, words: ReadonlyMap<string, string>): string {
  const explanation = explain(detector.type, testFindings(detector, FIRING[detector.type]));
  return [
    `## ${detector.label}`,
    `\`${detector.type}\`, in \`detectors.yml\` \`${detector.key}\`${detector.shadow ? ", in shadow by default" : ""}. ${detector.summary}`,
    fires(detector),
    `**No data**: ${noData(detector)}`,
    `**Judged**: ${liveText(detector)}`,
    thresholds(detector, words),
    `**Why it matters**: ${explanation.why}`,
    ...fixText(explanation.fixes[0]),
    ...queries(detector),
  ].join("\n\n");
}

function fires(detector: Detector): string {
  const without = detector.conditions(detector.defaults, {});
  const withBaseline = detector.conditions(detector.defaults, USUAL);
  const [plain, usual] = [tiers(without), tiers(withBaseline)];
  if (plain === usual) return `**Fires** with the defaults, the first that holds:\n\n${plain}`;
  const named = detector.reads.filter((fact): fact is keyof typeof USUAL => fact in USUAL);
  const baseline = named.map((fact) => `${fact} ${USUAL[fact]}`).join(", ");
  const example = `**Fires** with a baseline, here a P75 of ${baseline}:\n\n${usual}`;
  return plain === "" ? example : `**Fires** without a baseline, the first that holds:\n\n${plain}\n\n${example}`;
}

const tiers = (conditions: DetectorConditions): string =>
  conditions.tiers.map(({ severity, when }) => `- ${severity}: ${conditionText(when)}`).join("\n");

function noData(detector: Detector): string {
  const without = detector.conditions(detector.defaults, {});
  const withBaseline = detector.conditions(detector.defaults, USUAL);
  const isNever = (condition: FactCondition): boolean => condition.kind === "never";
  const parts = [
    ...(without.missing.kind === "always" && isNever(withBaseline.missing) ? ["without a baseline"] : []),
    ...(isNever(withBaseline.missing) ? [] : [`when ${conditionText(withBaseline.missing)}`]),
    ...(isNever(withBaseline.unclear)
      ? []
      : [`when it does not fire and ${conditionText(withBaseline.unclear)}: the rest is unknown, not clear`]),
  ];
  return parts.length === 0 ? "never; a run without what is looked for is clear." : `${parts.join("; ")}.`;
}

function thresholds({ key, defaults, shadow }: Detector, words: ReadonlyMap<string, string>): string {
  const rows = [...Object.entries(defaults), ["shadow", shadow] as const].map(
    ([name, value]) => `| \`${name}\` | ${value ?? "off"} | ${words.get(`${key}.${name}`) ?? ""} |`,
  );
  return ["| Key | Default | |", "|---|--:|---|", ...rows].join("\n");
}

function fixText(fix: Fix | undefined): string[] {
  if (fix === undefined) return [];
  return [`**One fix**: ${fix.description}`, `\`\`\`${fix.language}\n${fix.code}\n\`\`\``];
}

function queries(detector: Detector): string[] {
  const baselines = parseBaselines(
    {
      schema: 1,
      generated_at: "2026-01-01T00:00:00.000000Z",
      window_days: 7,
      agents: { [AGENT]: { "*": { runs: 40, p75: USUAL } } },
    },
    "the page of the detectors",
  );
  const needsBaseline = detector.conditions(detector.defaults, {}).missing.kind === "always";
  const [worst] = factsQueries(detector.type, needsBaseline ? { baselines, filter: { agents: [AGENT] } } : {}).fires;
  const raw = rawQueries(detector.type, { windowMs: HOUR_MS, ...(needsBaseline ? { baseline: USUAL } : {}) });
  const [rawWorst] = raw?.exactFor.includes("python") ? raw.fires : [];
  return [
    ...(worst === undefined
      ? []
      : [
          `**LogQL over facts**, the runs at ${worst.severity}${needsBaseline ? " (the baseline is a literal)" : ""}:`,
          logql(worst.query),
        ]),
    ...(rawWorst === undefined
      ? []
      : ["**LogQL over raw events** says the same, one series per run of the last hour:", logql(rawWorst.query)]),
  ];
}

const logql = (query: string): string => `\`\`\`logql\n${query}\n\`\`\``;
