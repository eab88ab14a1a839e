import { expect, it } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { quietAgents, stalledRuns } from "../../src/logql/alerts";
import { rulesFiles } from "../../src/logql/rules";
import { describeReal, push, startAlertmanager, startLoki, uniqueName, waitFor } from "../real";
import { evaluate } from "./evaluate";
import { line } from "./line";
import { alertmanagerConfig } from "./routing";
import { startWebhook } from "./webhook";

const SECOND = 1000;

describeReal("the alerts on what does not happen", ["loki", "alertmanager"], () => {
  it("count runs that are open and silent, and name agents without new runs", async () => {
    const loki = await startLoki();
    const now = Date.now();
    const told = (agentId: string, runId: string, event: string, secondsAgo: number): string =>
      line({ agentId, runId, event, micros: (now - secondsAgo * SECOND) * 1000 });
    await push(loki.url, [
      // Two stalled, one ended, one still at work, one that ended after a long silence.
      told("a", "stalled-1", "run.started", 900),
      told("a", "stalled-2", "run.started", 800),
      told("a", "ended", "run.started", 790),
      told("a", "at-work", "run.started", 780),
      told("a", "late", "run.started", 770),
      told("a", "stalled-2", "tool.called", 700),
      told("a", "ended", "run.completed", 600),
      told("a", "late", "run.errored", 10),
      told("a", "at-work", "tool.called", 5),
      told("a", "", "deploy.marker", 4),
      // All is well.
      told("b", "r", "run.started", 3),
      told("b", "r", "run.completed", 2),
    ]);
    expect(await evaluate(loki.url, stalledRuns({}, 300 * SECOND), now)).toEqual([
      { labels: { agent_id: "a" }, value: 2 },
    ]);
    expect(await evaluate(loki.url, stalledRuns({}, 750 * SECOND), now)).toEqual([
      { labels: { agent_id: "a" }, value: 1 },
    ]);
    expect(await evaluate(loki.url, quietAgents({}, 600 * SECOND), now)).toEqual([
      { labels: { agent_id: "a" }, value: 5 },
    ]);
    expect(await evaluate(loki.url, quietAgents({}, 780 * SECOND), now)).toEqual([]);
  });

  it("reach the webhook", async () => {
    const hook = await startWebhook();
    const alertmanager = await startAlertmanager({ config: alertmanagerConfig(hook.url) });
    const options = {
      least: "HIGH",
      grafanaUrl: "https://grafana.example.com",
      datasource: "loki",
      quietAfterMs: 20 * SECOND,
      stalledAfterMs: 10 * SECOND,
    } as const;
    const files = rulesFiles(new DetectorConfig(), {}, options, "ruler");
    const rules = files
      .find(({ path }) => path.endsWith("dunetrace.yaml"))
      ?.text.replace("interval: 1m", "interval: 5s");
    if (rules === undefined) throw new Error("there is no ruler file");
    const loki = await startLoki({ ruler: { alertmanagerUrl: alertmanager.url, rules: { "dunetrace.yaml": rules } } });
    const agentId = uniqueName("agent");
    const micros = (Date.now() - 30 * SECOND) * 1000;
    await push(loki.url, [line({ agentId, runId: "r", event: "run.started", micros })]);
    for (const [name, title] of [
      ["Stalled runs", "1 of its runs neither ended nor wrote a line for 10s"],
      ["Quiet agent", "It started no run for 20s"],
    ] as const) {
      const alert = await waitFor(() => hook.alerts.find(({ labels }) => labels.alertname === name), {
        deadlineMs: 30 * SECOND,
        what: () => `${name}; so far: ${JSON.stringify(hook.alerts)}\n${loki.logs()}`,
      });
      expect(alert.labels).toEqual({ alertname: name, agent_id: agentId, severity: "HIGH", source: "dunetrace" });
      expect(alert.annotations.title).toBe(title);
      expect(alert.annotations.link).toBe(`https://grafana.example.com/a/dunetrace-agents-app/agents/${agentId}`);
    }
    hook.close();
  }, 90_000);
});
