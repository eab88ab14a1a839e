import { expect, it } from "vitest";
import { describeReal, push, startLoki, waitFor } from "../real";
import { diagnose, dunetrace } from "./command";
import { writtenRun } from "./writtenRun";

const agentId = "research-agent";

describeReal("dunetrace doctor, of Loki itself", ["loki"], () => {
  it("says that it does not answer, and nothing else", async () => {
    const loki = await startLoki();
    await loki.stop();
    const found = await diagnose(loki.url);
    expect(found.findings.map(({ check, status }) => ({ check, status }))).toEqual([
      { check: "connection", status: "failure" },
    ]);
    expect(found.told("connection")).toContain(loki.url);
    expect(found.told("connection")).toMatch(/ → Start Loki, or give the address it listens on/);
    expect(found.code).toBe(1);
    const { code, stdout } = await dunetrace(["doctor", "--loki", loki.url]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAILURE .*\n( {11}.*\n)* {11}→ Start Loki/);
    expect(stdout).toContain("1 failure; 0 checks passed.");
  });

  it("asks for a tenant where Loki does, and finds nothing in another one", async () => {
    const loki = await startLoki({ config: { auth_enabled: true } });
    const none = await diagnose(loki.url);
    expect(none.alarms).toEqual(["connection: failure"]);
    expect(none.told("connection")).toMatch(/401.* → Give the tenant and credentials of a reader: --tenant/);
    expect(none.code).toBe(1);

    const values = writtenRun({ agentId }).map((line) => [`${Date.now() - 60_000}000000`, line]);
    const answer = await fetch(`${loki.url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-scope-orgid": "team-a" },
      body: JSON.stringify({ streams: [{ stream: { agent_id: agentId, event_type: "run.started" }, values }] }),
    });
    expect(answer.status).toBe(204);
    const wrong = await diagnose(loki.url, "--tenant", "team-b");
    expect(wrong.alarms).toEqual(["last_line: failure"]);
    expect(wrong.told("last_line")).toContain("name the same tenant");
    const right = await waitFor(
      async () => {
        const found = await diagnose(loki.url, "--tenant", "team-a");
        return found.alarms.includes("last_line: failure") ? undefined : found;
      },
      { what: "the lines of team-a" },
    );
    expect(right.told("last_line")).toContain("1 agent");
  });

  it("names each limit that is too low for its queries, with its default", async () => {
    const loki = await startLoki({ limits: { max_entries_limit_per_query: 1_000, max_query_length: "24h" } });
    await push(loki.url, writtenRun({ agentId }));
    const found = await diagnose(loki.url);
    expect(found.alarms).toEqual(["limits: failure"]);
    expect(found.told("limits")).toMatch(
      /Raise max_entries_limit_per_query in limits_config; its default \(5000\) suffices/,
    );
    expect(found.told("limits")).toMatch(/Raise max_query_length in limits_config; its default \(721h\) suffices/);
    expect(found.code).toBe(1);
  });

  it("finds lines without our labels in a Loki that others share, also where it sets no service_name", async () => {
    const loki = await startLoki({ limits: { discover_service_name: [] } });
    const values = writtenRun({ agentId }).map((line, at) => [
      String(BigInt(Date.now() + at - 60_000) * 1_000_000n),
      line,
    ]);
    const answer = await fetch(`${loki.url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ streams: [{ stream: { container: "bot" }, values }] }),
    });
    expect(answer.status).toBe(204);
    const found = await diagnose(loki.url);
    expect(found.alarms).toEqual(["labels: failure"]);
    expect(found.told("labels")).toContain('{container="bot"}');
  });
});
