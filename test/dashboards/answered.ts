import { expect, it } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { answerAnnotation } from "../../src/datasource/answers/annotations";
import { answerQuery } from "../../src/datasource/answers/answerQuery";
import type { QueryContext } from "../../src/datasource/answers/context";
import { answerVariable } from "../../src/datasource/answers/variables";
import { interpolateQuery, type ReplaceVariables } from "../../src/datasource/query/interpolate";
import { migrateQuery } from "../../src/datasource/query/migrate";
import { ANNOTATION_KINDS, VARIABLE_KINDS } from "../../src/datasource/query/types";
import type { LokiApi, Nanos } from "../../src/logql/api";
import { createAsk } from "../../src/logql/ask";
import { parseScope, rawLogql, type Scope } from "../../src/logql/builders";
import { type Demo, demoLines } from "../logql/demoLines";
import { targets } from "./committed";

const HOUR = 3_600_000;

export interface Filled {
  readonly api: LokiApi;
  readonly scope: Scope;
  /** Matchers to put into the selectors of the dashboards, where the Loki is shared. */
  readonly matchers: string;
}

/** What a reader may have chosen in the head of a dashboard. */
const CHOICES = {
  all: { agent: ".+", version: ".*", severity: "MEDIUM", type: ".*" },
  some: {
    agent: ["research-agent", "support-bot"],
    version: ["v1", 'v"2'],
    severity: "HIGH",
    type: ["TOOL_LOOP", "RETRY_STORM"],
  },
} as const;
type Choice = Readonly<Record<string, string | readonly string[]>>;

/** As Grafana's Loki data source does it: several values become one expression, all else goes in as it stands. */
function inLogql(expr: string, choice: Choice): string {
  const escaped = (value: string): string => value.replace(/[\\^$*+?.()|[\]{}]/g, "\\\\$&").replaceAll('"', '\\"');
  return expr
    .replaceAll("$__range", "24h")
    .replaceAll("$__auto", "1h")
    .replaceAll(/\$(\w+)/g, (_, name: string) => {
      const value = choice[name] ?? "";
      return typeof value === "string" ? value : value.map(escaped).join("|");
    });
}

/** As Grafana does it: what stands for "All" goes in as it is, other values through the formatter. */
const replacer =
  (choice: Choice): ReplaceVariables =>
  (text, format) =>
    text.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => {
      const value = choice[name];
      if (value === undefined) return whole;
      return value === ".+" || value === ".*" ? value : format(value);
    });

/** Every query of every dashboard is answered, by a Loki with the runs of a demo. */
export function dashboardsAreAnswered(fill: (lines: Demo["lines"]) => Promise<Filled>): void {
  const at = Date.now() - HOUR;
  const filled = demoLines(60, "dashboards", at).then(async (demo) => ({ demo, ...(await fill(demo.lines)) }));
  const range = { from: at - 23 * HOUR, to: at + HOUR };
  const nanos = (ms: number): Nanos => BigInt(ms) * 1_000_000n;

  it.each(targets("loki").map(({ name, target }) => [name, target] as const))("%s", async (_name, target) => {
    const { api, matchers } = await filled;
    for (const [chosen, choice] of Object.entries(CHOICES)) {
      const expr = inLogql(String(target.expr), choice).replaceAll("{agent_id", `{${matchers}agent_id`);
      const query = rawLogql(expr);
      const instant = target.queryType === "instant";
      const found = instant
        ? await api.instant({ query, time: nanos(range.to) })
        : await api.range({ query, start: nanos(range.from), end: nanos(range.to), stepMs: HOUR });
      if (chosen === "all" && !expr.includes('sev=~"CRITICAL"')) expect(found.length, expr).toBeGreaterThan(0);
    }
  });

  const context = async (): Promise<QueryContext> => {
    const { api, scope } = await filled;
    const ask = createAsk(api, { scope, config: new DetectorConfig(), now: Date.now });
    const targetsOf = { uid: "dunetrace-agents", loki: { uid: "loki", name: "Loki" }, scope: parseScope("") };
    return { ask, range, intervalMs: HOUR, limit: 100, targets: targetsOf };
  };

  it.each(targets("dunetrace-agents-datasource").map(({ name, target }) => [name, target] as const))(
    "%s",
    async (_name, target) => {
      const { demo } = await filled;
      const looping = [...demo.runs.values()].find(({ status }) => status === "errored");
      const run = looping?.run_id ?? "";
      for (const choice of Object.values(CHOICES)) {
        const query = interpolateQuery(migrateQuery(target), replacer({ ...choice, run }));
        const frames = await answerQuery(query, await context());
        if (choice === CHOICES.all) expect(frames.some(({ fields }) => (fields[0]?.values.length ?? 0) > 0)).toBe(true);
      }
    },
  );

  it.each(VARIABLE_KINDS)("the variable of %s has values", async (kind) => {
    const values = await answerVariable({ refId: "A", version: 1, kind }, await context());
    expect(values.length).toBeGreaterThan(1);
  });

  it.each(ANNOTATION_KINDS)("the annotations of %s are answered", async (annotation) => {
    const frame = await answerAnnotation(
      { refId: "A", version: 1, queryType: "annotations", annotation },
      await context(),
    );
    expect(frame.fields.map(({ name }) => name)).toContain("time");
  });

  it("the lines lie within the time asked for", async () => {
    const { demo } = await filled;
    for (const { time } of demo.parsed) expect(time / 1000).toBeGreaterThan(range.from);
  });
}
