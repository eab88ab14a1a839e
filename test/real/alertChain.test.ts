import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { describeReal, push, startAlertmanager, startLoki, uniqueName, waitFor } from ".";
import { wireLine } from "./lines";

const RULES = `groups:
  - name: lines
    interval: 1s
    rules:
      - alert: LinesSeen
        expr: sum by (agent_id) (count_over_time({event_type="tool.called"}[1m])) > 0
        labels: { severity: high }
`;

async function webhook(): Promise<{ url: string; calls: string[] }> {
  const calls: string[] = [];
  const server: Server = createServer(async (request, response) => {
    calls.push(await text(request));
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the webhook has no port");
  return { url: `http://127.0.0.1:${address.port}/`, calls };
}

const routing = (url: string): string => `route:
  receiver: hook
  group_by: [alertname, agent_id]
  group_wait: 0s
  group_interval: 1s
receivers:
  - name: hook
    webhook_configs: [{ url: "${url}" }]
`;

describeReal("the ruler of a real Loki with a real Alertmanager", ["loki", "alertmanager"], () => {
  it("evaluates rules, groups what they find and calls a webhook", async () => {
    const hook = await webhook();
    const alertmanager = await startAlertmanager({ config: routing(hook.url) });
    const ruler = { alertmanagerUrl: alertmanager.url, rules: { "lines.yaml": RULES } };
    const loki = await startLoki({ ruler });
    const agents = [uniqueName("alerting"), uniqueName("alerting")];
    await push(
      loki.url,
      agents.map((agentId, seq) => wireLine({ agentId, at: Date.now(), seq })),
    );
    for (const agentId of agents) {
      await waitFor(() => hook.calls.some((call) => call.includes(`"agent_id":"${agentId}"`)), {
        deadlineMs: 30_000,
        what: () => `the alert of ${agentId}\n${loki.logs()}\n${alertmanager.logs()}`,
      });
    }
    expect(hook.calls.every((call) => call.includes('"receiver":"hook"'))).toBe(true);
    expect(hook.calls.some((call) => agents.every((agentId) => call.includes(agentId)))).toBe(false);
  });
});
