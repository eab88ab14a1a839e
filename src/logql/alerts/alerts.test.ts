import { parser } from "@grafana/lezer-logql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../core/detectors";
import { FAILURE_TYPES, SEVERITIES } from "../../core/wire";
import { parseScope } from "../builders";
import {
  type AgentSet,
  ALL_AGENTS,
  quietAgents,
  RAW_ALERTS,
  rawAlert,
  signalAlert,
  signalStorm,
  signalTexts,
  signalTextsFormat,
  stalledRuns,
} from ".";

/** The nodes of a query by their name and text; fails for one that LogQL's grammar refuses. */
function nodes(query: string): { name: string; text: string }[] {
  const all: { name: string; text: string }[] = [];
  parser.parse(query).iterate({
    enter: ({ type, name, from, to }) => {
      if (type.isError) throw new Error(`not LogQL at ${from}: ${query}`);
      all.push({ name, text: query.slice(from, to) });
    },
  });
  return all;
}
const texts = (query: string, name: string): string[] =>
  nodes(query).flatMap((node) => (node.name === name ? [node.text] : []));

const scope = parseScope('{cluster="eu"}');
const ALL = { type: "TOOL_LOOP", agents: ALL_AGENTS, least: "HIGH" } as const;
const usual = (type: keyof typeof DEFAULT_SETTINGS) => [
  { agents: ALL_AGENTS, thresholds: DEFAULT_SETTINGS[type].thresholds },
];

const queries = (base: ReturnType<typeof parseScope>): readonly (readonly [string, string])[] => [
  ["signalAlert", signalAlert(base, ALL)],
  ["signalAlert of other types", signalAlert(base, { ...ALL, type: undefined })],
  ["signalTexts", signalTexts(base, ALL)],
  ["signalTextsFormat", signalTextsFormat(base).replaceAll("%q", '"x"').replaceAll("%%", "%")],
  ["signalStorm", signalStorm(base, "HIGH", 100)],
  ["stalledRuns", stalledRuns(base, 300_000)],
  ["quietAgents", quietAgents(base, 1_800_000)],
  ...RAW_ALERTS.map((alert) => [`rawAlert ${alert.name}`, rawAlert(base, alert, usual(alert.type))] as const),
];

describe("expressions of alert rules", () => {
  it.each(queries(scope))("%s is LogQL and keeps to the base selector", (_name, query) => {
    const selectors = texts(query, "Selector");
    expect(selectors.length).toBeGreaterThan(0);
    for (const selector of selectors) expect(selector).toMatch(/^\{cluster="eu", /);
  });

  it.each(queries({}))("%s looks back a day at most", (name, query) => {
    const windows = texts(query, "Range");
    const allowed: Readonly<Record<string, string[]>> = {
      stalledRuns: ["[1h]", "[5m]", "[1h]"],
      quietAgents: ["[1d]", "[30m]"],
      signalTextsFormat: ["[5m]"],
    };
    expect(windows).toEqual(allowed[name] ?? windows.map(() => "[1m]"));
    expect(windows.length).toBeGreaterThan(0);
  });

  it("hold hostile agents as values of matchers only", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1, maxLength: 3 }), (ids) => {
        for (const agents of [{ only: ids }, { except: ids }]) {
          const plain = "only" in agents ? { only: ids.map(() => "x") } : { except: ids.map(() => "x") };
          const shape = (set: AgentSet) => nodes(signalAlert({}, { ...ALL, agents: set })).map(({ name }) => name);
          expect(shape(agents)).toEqual(shape(plain));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("stay one query when a base selector holds quotes, backslashes and percent signs", () => {
    const hostile = parseScope(`{team=~"a%q\\"b\\\\\\\\c%"}`);
    const format = signalTextsFormat(hostile);
    expect(format.match(/(?<!%)%q/g)).toHaveLength(4);
    const made = format.replaceAll("%%", "\u0000").replaceAll("%q", '"x"').replaceAll("\u0000", "%");
    expect(texts(made, "Matcher")[0]).toBe(`team=~"a%q\\"b\\\\\\\\c%"`);
  });

  it("rank every severity by a number of its own", () => {
    const query = signalAlert({}, { ...ALL, least: "LOW" });
    for (const severity of SEVERITIES.slice(1)) expect(query).toContain(`eq .severity \\"${severity}\\"`);
    expect(query).toContain('sev=~"LOW|MEDIUM|HIGH|CRITICAL"');
  });

  it("leave the known types to rules of their own", () => {
    const other = signalAlert({}, { ...ALL, type: undefined });
    expect(other).toContain(`ftype!~"${FAILURE_TYPES.join("|")}"`);
  });

  it("refuse a rule for no agent", () => {
    expect(() => signalAlert({}, { ...ALL, agents: { only: [] } })).toThrow(/no agent/);
  });

  it("put the sets of agents of one rule side by side", () => {
    const [alert] = RAW_ALERTS;
    if (alert === undefined) throw new Error("there is none");
    const { thresholds } = DEFAULT_SETTINGS[alert.type];
    const query = rawAlert({}, alert, [
      { agents: { except: ["a", "b"] }, thresholds },
      { agents: { only: ["a"] }, thresholds },
    ]);
    expect(texts(query, "Selector")).toEqual([
      '{agent_id!~"a|b", event_type="llm.responded"}',
      '{agent_id="a", event_type="llm.responded"}',
    ]);
    expect(query).toContain(" or ");
  });
});
