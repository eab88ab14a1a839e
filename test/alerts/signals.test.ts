import { beforeAll, expect, it } from "vitest";
import { parseDetectorConfig } from "../../src/core/detectors";
import type { Severity } from "../../src/core/wire";
import { ALL_AGENTS, signalAlert, signalStorm } from "../../src/logql/alerts";
import { rulesFiles } from "../../src/logql/rules";
import { describeReal, push, pushStreams, type RealLoki, startLoki } from "../real";
import { grafanaExpressions } from "./committed";
import { evaluate } from "./evaluate";
import { line } from "./line";

const NOW = Date.now();

interface Told {
  readonly agentId: string;
  readonly runId: string;
  readonly severity: Severity;
  readonly type?: string;
  readonly phase?: "live" | "final";
  readonly more?: object;
}

let micros = (NOW - 30_000) * 1000;
function signal({ agentId, runId, severity, type = "TOOL_LOOP", phase = "live", more = {} }: Told): string {
  micros += 1000;
  const payload = {
    failure_type: type,
    severity,
    confidence: 1,
    phase,
    title: phase,
    evidence: {},
    shadow: false,
    ...more,
  };
  return line({ agentId, runId, micros, event: "signal.detected", payload, schema: true });
}

describeReal("alerts on signals on a real Loki", ["loki"], () => {
  let loki: RealLoki;
  const instances = async (query: string): Promise<string[]> => {
    const found = await evaluate(loki.url, query, NOW);
    return found.map(({ labels: { agent_id, run_id, failure_type, severity } }) =>
      [agent_id, run_id, failure_type, severity].filter((label) => label !== undefined).join(" "),
    );
  };
  /** The instances of a rule made for this detectors.yml. */
  const ofRule = async (title: string, document: object, least: Severity = "HIGH"): Promise<string[] | undefined> => {
    const options = { least, grafanaUrl: undefined, datasource: "loki", quietAfterMs: 60_000, stalledAfterMs: 60_000 };
    const [rules] = rulesFiles(parseDetectorConfig(document, "detectors.yml"), {}, options, "grafana");
    const found = grafanaExpressions(rules?.text ?? "").find(({ rule }) => rule === title);
    return found && (await instances(found.expr)).sort();
  };

  beforeAll(async () => {
    loki = await startLoki();
    await push(loki.url, [
      signal({ agentId: "a", runId: "rising", severity: "MEDIUM" }),
      signal({ agentId: "a", runId: "rising", severity: "HIGH" }),
      signal({ agentId: "a", runId: "rising", severity: "CRITICAL" }),
      signal({ agentId: "a", runId: "rising", severity: "HIGH", phase: "final" }),
      signal({ agentId: "a", runId: "medium", severity: "MEDIUM" }),
      signal({ agentId: "a", runId: "shadow", severity: "CRITICAL", more: { shadow: true } }),
      signal({ agentId: "a", runId: "storm", severity: "HIGH", type: "RETRY_STORM", more: { provisional: true } }),
      signal({ agentId: "a", runId: "unknown", severity: "HIGH", type: "NEW_FAILURE" }),
      signal({ agentId: "b", runId: "final", severity: "HIGH", phase: "final" }),
    ]);
    // As shippers that keep run_id as metadata do, and a line that is cut off.
    await push(loki.url, [signal({ agentId: "c", runId: "with-metadata", severity: "HIGH" })], { runIdMetadata: true });
    const cut = signal({ agentId: "c", runId: "cut", severity: "HIGH" }).slice(0, 150);
    const stream = { agent_id: "c", event_type: "signal.detected" };
    await pushStreams(loki.url, [{ stream, values: [[`${BigInt(NOW - 10_000) * 1_000_000n}`, `  ${cut} TOOL_LOOP`]] }]);
  }, 60_000);

  it("fire once per run and type, with the highest severity", async () => {
    expect((await instances(signalAlert({}, { type: "TOOL_LOOP", agents: ALL_AGENTS, least: "HIGH" }))).sort()).toEqual(
      ["a rising TOOL_LOOP CRITICAL", "b final TOOL_LOOP HIGH", "c with-metadata TOOL_LOOP HIGH"],
    );
    expect(await ofRule("Tool loop", {}, "MEDIUM")).toHaveLength(4);
    expect(await ofRule("Tool loop", {}, "CRITICAL")).toEqual(["a rising TOOL_LOOP CRITICAL"]);
  });

  it("fire for provisional signals and for types that are not known", async () => {
    expect(await ofRule("Retry storm", {})).toEqual(["a storm RETRY_STORM HIGH"]);
    expect(await ofRule("Other signal", {})).toEqual(["a unknown NEW_FAILURE HIGH"]);
  });

  it("do not fire for what detectors.yml puts in shadow", async () => {
    const shadow = { tool_loop: { shadow: true } };
    expect(await ofRule("Tool loop", { a: shadow })).toEqual([
      "b final TOOL_LOOP HIGH",
      "c with-metadata TOOL_LOOP HIGH",
    ]);
    expect(await ofRule("Tool loop", { default: shadow })).toBeUndefined();
    const only = { default: shadow, b: { tool_loop: { shadow: false } } };
    expect(await ofRule("Tool loop", only)).toEqual(["b final TOOL_LOOP HIGH"]);
  });

  it("go by the thresholds of each agent on plain events", async () => {
    const answer = (agentId: string, latency_ms: number): string => {
      micros += 1000;
      const payload = { tool_name: "search", success: true, latency_ms };
      return line({ agentId, runId: `${latency_ms}`, micros, event: "tool.responded", payload });
    };
    await push(
      loki.url,
      ["patient", "hasty", "usual"].flatMap((agent) => [answer(agent, 30_000), answer(agent, 80_000)]),
    );
    const config = { patient: { slow_step: { tool_ms: 60_000 } }, hasty: { slow_step: { tool_ms: 5000 } } };
    expect(await ofRule("Very slow tool call, from events", config)).toEqual([
      "hasty 30000",
      "hasty 80000",
      "usual 80000",
    ]);
  });

  it("count a storm per agent and type, each run once", async () => {
    expect(await instances(signalStorm({}, "HIGH", 0))).toEqual(expect.arrayContaining(["a TOOL_LOOP", "b TOOL_LOOP"]));
    expect(await instances(signalStorm({}, "HIGH", 1))).toEqual([]);
  });
});
