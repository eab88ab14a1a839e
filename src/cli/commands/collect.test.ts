import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStore } from "../../loki";
import { main } from "../main";
import { dunetrace } from "../testing/command";
import { FakeIo } from "../testing/fakeIo";
import { folderWith } from "../testing/folder";
import { quietRun } from "../testing/runWriter";

const CONFIG = 'agents:\n  - match: {service.name: "rag-*"}\n    agent_id: rag\n';
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

function traceAt(now: number): string {
  const span = {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    name: "chat",
    startTimeUnixNano: String((now - 2000) * 1e6),
    endTimeUnixNano: String((now - 1000) * 1e6),
    attributes: [text("gen_ai.operation.name", "chat"), text("gen_ai.request.model", "gpt-4o")],
  };
  const resource = { attributes: [text("service.name", "rag-eu")] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
}

async function until(isSo: () => boolean, what: () => string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`it never came to that: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe("dunetrace collect", () => {
  it("writes the open runs when it is stopped", async () => {
    const cwd = folderWith({ "collector.yml": CONFIG });
    const file = join(cwd, "out.ndjson");
    const io = new FakeIo({ cwd });
    const done = main(["collect", "--listen", "127.0.0.1:0", "--file", file, "--config", "collector.yml"], io);
    await until(
      () => io.stderr.text.includes("Collecting on"),
      () => io.stderr.text,
    );
    const url = /Collecting on (\S+),/.exec(io.stderr.text)?.[1] ?? "";
    expect(io.stderr.text).toContain("out.ndjson");
    const answer = await fetch(`${url}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: traceAt(io.now()),
    });
    expect(answer.status).toBe(200);
    expect(existsSync(file) ? readFileSync(file, "utf8") : "").toBe("");
    io.interrupt();
    expect(await done).toBe(0);
    expect(io.stderr.text).toContain("Wrote 1 run, 4 lines\n");
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ agent_id: "rag", logger: "dunetrace" });
  });

  it("takes lines, serves policies, and answers scripts from a Loki", async () => {
    const policy = {
      name: "cap",
      condition: { trigger: "step_count", operator: "gt", value: 9 },
      action: { type: "stop" },
    };
    const cwd = folderWith({ "policies.json": JSON.stringify({ policies: [policy] }) });
    const io = new FakeIo({ cwd, env: { DUNETRACE_ENDPOINT: "http://127.0.0.1:4318" } });
    const store = openStore({ anyTime: true, clock: () => io.now() });
    const loki = await store.serve({ port: 0 });
    const args = ["--file", join(cwd, "out.ndjson"), "--policies", "policies.json", "--query-loki", loki.url];
    const done = main(["collect", "--listen", "127.0.0.1:0", ...args], io);
    await until(
      () => io.stderr.text.includes("Collecting on"),
      () => io.stderr.text,
    );
    expect(io.stderr.text).toMatch(/lines go to file \S+\n/);
    const url = /Collecting on (\S+),/.exec(io.stderr.text)?.[1] ?? "";
    const { lines } = quietRun({ run_id: "run-1", start: (io.now() - 60_000) * 1000 });
    store.pushLines(lines);
    const taken = await fetch(`${url}/v1/events`, { method: "POST", body: lines.join("") });
    expect(await taken.json()).toMatchObject({ taken: lines.length, broken: 0 });
    expect(await (await fetch(`${url}/v1/policies?agent_id=a`)).json()).toMatchObject({ policies: [{ name: "cap" }] });
    const runs = await fetch(`${url}/v1/runs?since_ms=${io.now() - 3_600_000}`);
    expect(await runs.json()).toMatchObject({ runs: [{ run_id: "run-1", status: "completed" }], has_more: false });
    expect(runs.headers.get("x-dunetrace-cursor")).toMatch(/^\d+~run-1$/);
    expect(await (await fetch(`${url}/v1/runs/run-1`)).json()).toMatchObject({ run_id: "run-1" });
    expect((await fetch(`${url}/v1/runs/none`)).status).toBe(404);
    io.interrupt();
    expect(await done).toBe(0);
    const written = readFileSync(join(cwd, "out.ndjson"), "utf8");
    expect(written.startsWith(lines.slice(0, -1).join(""))).toBe(true);
    expect(written).toContain('"facts_v":1');
    await store.close();
  });

  it.each([
    [[], {}, /somewhere to go/],
    [["--file", "o", "--listen", "0.0.0.0:0"], {}, /only this machine/],
    [["--file", "o", "--config", "none.yml"], {}, /none\.yml/],
    [["--file", "o", "--config", "broken.yml"], { "broken.yml": "agent: []\n" }, /"agent" is no known key/],
    [["--file", "o", "--config", "broken.yml"], { "broken.yml": "a: [\n" }, /not valid YAML/],
    [["--file", "o", "--classify", "lookup=x"], {}, /KIND=NAME/],
    [["--file", "o", "--forward", "ftp://jaeger:4318"], {}, /--forward .*http or https URL/],
    [["--file", "o", "--forward", "http://localhost:4318/"], {}, /--forward .* is this collector itself/],
    [["--file", "o", "--detectors", "none.yml"], {}, /none\.yml/],
  ])("%j ends with 2 and says what to do", async (args, files, message) => {
    const { code, err } = await dunetrace(["collect", ...args], { cwd: folderWith(files) });
    // Files are those of the folder it is called in.
    expect(existsSync("o")).toBe(false);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
