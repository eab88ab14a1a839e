import { describe, expect, it } from "vitest";
import { getCurrentRun } from "./context";
import { RecordedClient } from "./testing/record";

const hashOf = (client: RecordedClient) => client.of("run.started").map(({ payload }) => payload.input_hash);

describe("dt.run", () => {
  it("writes what the run is known by on its lines", () => {
    const client = new RecordedClient({
      environment: "staging",
      tags: { team: "search", secret: "no" },
      tagKeys: ["team", "tier"],
      humanTools: ["approve"],
    });
    const options = {
      userInput: "hello",
      systemPrompt: "x",
      model: "m",
      tools: ["B", "a", "_c", "Z"],
      humanTools: ["ask"],
      userId: "ann@example.com",
      sessionId: "s-1",
      tags: { tier: "gold", team: "ads", other: "no" },
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      source: "langchain",
      kind: "chat",
      attrs: { route: "/ask", nested: { not: "written" } },
    };
    client.dt.run("support bot/eu", options as never, () => undefined);
    expect(client.raw("run.started")).toMatchObject({
      agent_id: "support_bot_eu",
      agent_version: "545fdc7a",
      session_id: "s-1",
      trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
      tags: { environment: "staging", tier: "gold", team: "ads" },
      payload: {
        input_hash: "2cf24dba5fb0a30e",
        input_length: 5,
        model: "m",
        tools: ["B", "a", "_c", "Z"],
        human_tools: ["approve", "ask"],
        capture: "hash",
        hash: "sha256",
        sdk: { name: "dunetrace-grafana" },
        source: "langchain",
        kind: "chat",
        attrs: { route: "/ask" },
      },
    });
    for (const line of client.lines) {
      expect(line).toMatchObject({ session_id: "s-1", user_hash: expect.stringMatching(/^[0-9a-f]{16}$/) });
    }
    expect(client.texts.join("")).not.toContain("ann@");
  });

  it("needs neither input nor options", () => {
    const client = new RecordedClient();
    client.dt.run("research", () => undefined);
    const { payload, run_id, agent_version } = client.raw("run.started");
    expect(payload).toEqual({
      input_hash: "",
      input_length: 0,
      capture: "hash",
      hash: "sha256",
      sdk: { name: "dunetrace-grafana", version: expect.any(String) },
      kind: "run",
    });
    expect(run_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(agent_version).toBe("4cf70175");
  });

  it("takes id and version from whom they come first", () => {
    const client = new RecordedClient({ agentId: "default", version: "1.0.0" });
    client.dt.startRun(undefined, { runId: "mine" });
    client.dt.startRun("own", { version: "2.0.0" });
    expect(client.of("run.started").map(({ agent_id, agent_version }) => [agent_id, agent_version])).toEqual([
      ["default", "1.0.0"],
      ["own", "2.0.0"],
    ]);
    expect(client.of("run.started")[0]?.run_id).toBe("mine");
    const plain = new RecordedClient();
    plain.dt.startRun();
    expect(plain.of("run.started")[0]?.agent_id).toBe("agent");
  });

  it("takes a function for the options where it stands in their place, and asks for one", () => {
    const client = new RecordedClient();
    expect(client.dt.run("research", (run) => run.agentId)).toBe("research");
    expect(() => client.dt.run("research", {}, undefined as never)).toThrow("dt.run needs the function");
  });

  it("runs through a generator and ends with it", async () => {
    const client = new RecordedClient();
    const generator = client.dt.run("research", async function* (run) {
      yield getCurrentRun() === run;
      yield getCurrentRun() === run;
      return undefined;
    });
    expect(client.of("run.completed")).toEqual([]);
    const seen: boolean[] = [];
    for await (const isActive of generator) seen.push(isActive);
    expect(seen).toEqual([true, true]);
    expect(client.of("run.completed")[0]?.payload.exit_reason).toBe("completed");
  });
});

describe("dt.agent", () => {
  it("makes each call a run with the first argument as its input", async () => {
    const client = new RecordedClient();
    const ask = client.dt.agent(
      { agentId: "support", model: "gpt-4o", tools: ["search"] },
      async (question: string) => {
        getCurrentRun()?.toolCalled("search").responded();
        return question.toUpperCase();
      },
    );
    expect(await ask("hello")).toBe("HELLO");
    expect(await ask("hello")).toBe("HELLO");
    expect(hashOf(client)).toEqual(["2cf24dba5fb0a30e", "2cf24dba5fb0a30e"]);
    expect(new Set(client.lines.map(({ run_id }) => run_id)).size).toBe(2);
    expect(client.of("run.completed")[0]).toMatchObject({
      agent_id: "support",
      payload: { exit_reason: "final_answer" },
    });
  });

  it("finds the input by name or by a function", () => {
    const client = new RecordedClient();
    const byName = client.dt.agent({ inputFrom: "question" }, (_user: string, question: string) => question);
    const byKey = client.dt.agent({ inputFrom: "question" }, (request: { question: string }) => request.question);
    const byFunction = client.dt.agent(
      { inputFrom: (request: { q: string }) => request.q },
      (request: { q: string }) => request.q,
    );
    byName("ann", "hello");
    byKey({ question: "hello" });
    byFunction({ q: "hello" });
    expect(hashOf(client)).toEqual(["2cf24dba5fb0a30e", "2cf24dba5fb0a30e", "2cf24dba5fb0a30e"]);
  });

  it("goes without an input that cannot be picked", () => {
    const client = new RecordedClient();
    const pick = (): string => {
      throw new Error("no input");
    };
    expect(client.dt.agent({ inputFrom: pick }, () => 42)()).toBe(42);
    expect(hashOf(client)).toEqual([""]);
    expect(client.dt.counters.faults).toBe(1);
  });

  it("keeps name, length and this of the function", () => {
    const { dt } = new RecordedClient();
    class Agent {
      name = "ann";
      ask(question: string) {
        return `${this.name}: ${question}`;
      }
    }
    const ask = dt.agent({}, Agent.prototype.ask);
    expect([ask.name, ask.length, ask.call(new Agent(), "why?")]).toEqual(["ask", 1, "ann: why?"]);
  });

  it("is named by dt.trace after its function", () => {
    const client = new RecordedClient({ agentId: "default" });
    client.dt.trace(function support(question: string) {
      return question;
    })("hello");
    client.dt.trace((question: string) => question)("hello");
    client.dt.agent({}, function other() {
      return undefined;
    })();
    expect(client.of("run.started").map(({ agent_id }) => agent_id)).toEqual(["support", "default", "default"]);
    expect(hashOf(client)).toEqual(["2cf24dba5fb0a30e", "2cf24dba5fb0a30e", ""]);
  });
});

describe("dt.markDeploy", () => {
  it("writes a marker outside of any run", () => {
    const client = new RecordedClient({ environment: "production" });
    client.dt.markDeploy("support", "2.4.0", { commit: "1f3a9c2", meta: { by: "ci", attempt: 2 } });
    expect(client.raw("deploy.marker")).toEqual({
      ts: "2026-11-20T10:00:00.000000Z",
      level: "info",
      logger: "dunetrace",
      event_type: "deploy.marker",
      agent_id: "support",
      run_id: "",
      step_index: 0,
      payload: { version: "2.4.0", commit: "1f3a9c2", environment: "production", meta: { by: "ci", attempt: 2 } },
      agent_version: "2.4.0",
      schema: 1,
    });
  });
});
