import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Dunetrace } from "../../src/sdk";
import {
  describeReal,
  push,
  type RealLoki,
  startAlertmanager,
  startLoki,
  startPromtail,
  temporaryFolder,
  waitFor,
} from "../real";
import { provisioned, RULER_FILE } from "./committed";
import { manyRuns } from "./manyRuns";
import { alertmanagerConfig } from "./routing";
import { evaluatedAfter } from "./ruler";
import { type Received, startWebhook, type Webhook } from "./webhook";

/** From the agent's write to the webhook, at most. */
const BAR_MS = 15_000;
const PROMTAIL = path.resolve(import.meta.dirname, "../../promtail/file.yml");
const AGENT = "museum-guide";

describeReal("an agent's failure on its way to the webhook", ["loki", "promtail", "alertmanager"], () => {
  const logs = temporaryFolder("agents");
  let hook: Webhook;
  let loki: RealLoki;
  let dt: Dunetrace;

  beforeAll(async () => {
    hook = await startWebhook();
    const alertmanager = await startAlertmanager({ config: alertmanagerConfig(hook.url) });
    const ruler = { alertmanagerUrl: alertmanager.url, rules: { "dunetrace.yaml": provisioned(RULER_FILE) } };
    // The rules on agents are evaluated as often as the others here, to be part of every wait.
    const rules = { "dunetrace.yaml": ruler.rules["dunetrace.yaml"].replace("interval: 1m", "interval: 10s") };
    loki = await startLoki({
      bulk: true,
      ruler: { ...ruler, rules, config: { external_url: "https://grafana.test/" } },
    });
    const dir = temporaryFolder("promtail");
    await startPromtail({
      config: readFileSync(PROMTAIL, "utf8"),
      dir,
      env: { LOKI_URL: loki.url, POSITIONS_DIR: `${dir}/positions`, AGENT_LOGS: `${logs}/*.ndjson` },
    });
    dt = new Dunetrace({ file: path.join(logs, "agents.ndjson"), flushOnSignals: false });
  }, 120_000);
  afterAll(async () => {
    await dt.shutdown();
    hook.close();
  });

  /** A run that asks the same three times and gets the same answer. */
  async function failingRun(runId: string): Promise<void> {
    const search = dt.tool(async (_query: string): Promise<string[]> => [], { name: "web_search" });
    await dt.run(
      AGENT,
      { runId, userInput: "When does it open?", model: "gpt-4o", tools: ["web_search"] },
      async () => {
        for (let at = 0; at < 3; at++) await search("button museum");
      },
    );
  }

  const alertOf = (runId: string): Promise<Received> =>
    waitFor(() => hook.alerts.find(({ labels }) => labels.run_id === runId), {
      deadlineMs: BAR_MS,
      what: () => `the alert of ${runId}; so far: ${JSON.stringify(hook.alerts)}\n${loki.logs()}`,
    });

  it("does not happen for 10,000 clean runs", async () => {
    const now = Date.now();
    const clean = manyRuns({
      runs: 10_000,
      agents: 20,
      signalEvery: 0,
      rawEvery: 0,
      from: now - 50_000,
      to: now - 1_000,
    });
    await push(loki.url, clean);
    const states = await evaluatedAfter(loki.url, Date.now());
    expect(states.filter(({ health }) => health !== "ok")).toEqual([]);
    // Alertmanager waits a second for more of a group before it notifies.
    await evaluatedAfter(loki.url, Date.now());
    expect(hook.alerts).toEqual([]);
  }, 120_000);

  it("takes 15 s at most, for the second run of a group too, and says what happened", async () => {
    const start = Date.now();
    await failingRun("first-run");
    const first = await alertOf("first-run");
    expect(first.at - start).toBeLessThanOrEqual(BAR_MS);
    expect(first.labels).toEqual({
      alertname: "Tool loop",
      agent_id: AGENT,
      failure_type: "TOOL_LOOP",
      run_id: "first-run",
      severity: "HIGH",
      source: "dunetrace",
    });
    expect(first.annotations).toEqual({
      summary: `Tool loop in ${AGENT} (HIGH)`,
      title: expect.stringContaining("web_search called 3 times with the same arguments"),
      evidence: expect.stringContaining('{"tool":"web_search","count":3'),
      link: "https://grafana.test/a/dunetrace-agents-app/runs/first-run",
    });

    const awkward = 'run "2"\\ of {{50%}}';
    const again = Date.now();
    await failingRun(awkward);
    const second = await alertOf(awkward);
    expect(second.at - again).toBeLessThanOrEqual(BAR_MS);
    expect(second.annotations.title).toContain("web_search called 3 times");
    expect(second.annotations.link).toBe(
      "https://grafana.test/a/dunetrace-agents-app/runs/run%20%222%22%5C%20of%20%7B%7B50%25%7D%7D",
    );
    await waitFor(() => hook.slack.length > 0, { what: "the message to Slack" });
    expect(hook.slack[0]).toContain(`Tool loop in ${AGENT} (HIGH)`);
    process.stdout.write(`From the write to the webhook: ${first.at - start} ms, second run ${second.at - again} ms\n`);
  }, 60_000);
});
