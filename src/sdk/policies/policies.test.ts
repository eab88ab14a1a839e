import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { PolicyViolation } from "../policyViolation";
import { processState } from "../processState";
import { temporaryFolder } from "../testing/files";
import { RecordedClient } from "../testing/record";

const CAP = {
  name: "cap",
  condition: { trigger: "tool_call_count", operator: "gt", value: 2 },
  action: { type: "stop" },
} as const;

const triggered = (client: RecordedClient) =>
  client.texts
    .map((text) => JSON.parse(text))
    .filter(({ event_type }) => event_type === "policy.triggered")
    .map(({ payload, level }) => ({ ...payload, level }));

describe("a policy that stops", () => {
  it("throws from the call that crossed the line, before the tool runs, and ends the run", async () => {
    const client = new RecordedClient();
    client.dt.addPolicy(CAP);
    let ran = 0;
    const search = client.dt.tool(async function search() {
      ran += 1;
      return "found";
    });
    const agent = client.dt.run("research", async () => {
      for (let at = 0; at < 10; at++) await search();
    });
    await expect(agent).rejects.toThrow(new PolicyViolation("cap"));
    expect(ran).toBe(2);
    expect(client.types.filter((type) => type !== "signal.detected").slice(-3)).toEqual([
      "tool.called",
      "policy.triggered",
      "run.errored",
    ]);
    expect(triggered(client)).toEqual([
      { policy_name: "cap", action_type: "stop", trigger: "tool_call_count", value: 3, level: "warn" },
    ]);
    expect(client.lines.at(-1)?.payload).toMatchObject({ exit_reason: "policy_violation", policy_name: "cap" });
  });

  it("refuses every further call of a run whose program caught the violation, and takes calls after its end", async () => {
    const client = new RecordedClient();
    client.dt.addPolicy(CAP);
    let asked = 0;
    const search = client.dt.tool(async function search() {
      return "found";
    });
    const agent = client.dt.run("research", async (run) => {
      for (let at = 0; at < 10; at++) {
        await run.llm("gpt-4o", async () => {
          asked += 1;
        });
        // As agents do that tell their model of failed tools.
        await search().catch(() => "search failed");
      }
    });
    await expect(agent).rejects.toThrow(new PolicyViolation("cap"));
    expect(asked).toBe(3);
    const run = client.dt.startRun("research");
    for (let at = 0; at < 2; at++) run.toolCalled("a");
    const refused = new PolicyViolation("cap");
    expect(() => run.toolCalled("a")).toThrow(refused);
    for (const call of [
      () => run.toolCalled("a"),
      () => run.llmCalled("gpt-4o"),
      () => run.retrievalCalled("docs"),
      () => client.dt.tool(() => run.toolCalled("b"))(),
    ]) {
      expect(call).toThrow(refused);
    }
    expect(client.types.at(-1)).toBe("policy.triggered");
    run.end();
    expect(client.types.at(-1)).toBe("run.errored");
    expect(() => run.toolCalled("a")).not.toThrow();
  });

  it("takes the message it was given", () => {
    const client = new RecordedClient();
    client.dt.addPolicy({ ...CAP, action: { type: "stop", params: { message: "Too many searches." } } });
    const run = client.dt.startRun("research");
    run.toolCalled("a");
    run.toolCalled("a");
    expect(() => run.toolCalled("a")).toThrow("Too many searches.");
  });

  it("is for its agent alone, and for runs that start after it was added", () => {
    const client = new RecordedClient();
    const early = client.dt.startRun("research");
    client.dt.addPolicy({ ...CAP, agentId: "research", condition: { ...CAP.condition, value: 0 } });
    early.toolCalled("a");
    client.dt.startRun("support").toolCalled("a");
    expect(() => client.dt.startRun("research").toolCalled("a")).toThrow(PolicyViolation);
  });

  it("stops a loop while it goes on, by what the detectors see", () => {
    const client = new RecordedClient();
    client.dt.addPolicy({
      name: "no loops",
      condition: { trigger: "signal", operator: "eq", value: "TOOL_LOOP" },
      action: { type: "stop" },
    });
    const run = client.dt.startRun("research");
    const call = (): void => run.toolCalled("search", { q: "same" }).responded({ output: "same" });
    call();
    call();
    expect(call).toThrow(PolicyViolation);
    expect(triggered(client)).toMatchObject([{ value: expect.arrayContaining(["TOOL_LOOP"]) }]);
  });

  it.each([
    ["finish_reason", { operator: "eq", value: "length" }, { finishReason: "length" }],
    ["llm_latency_ms", { operator: "gt", value: 500 }, { latencyMs: 900 }],
  ])("looks at %s of the latest answer", (trigger, condition, answer) => {
    const client = new RecordedClient();
    client.dt.addPolicy({ name: "p", condition: { trigger, ...condition }, action: { type: "stop" } });
    const run = client.dt.startRun("research");
    run.llmCalled("gpt-4o");
    expect(() => run.llmResponded({ finishReason: "stop", latencyMs: 100 })).not.toThrow();
    run.llmCalled("gpt-4o");
    expect(() => run.llmResponded(answer)).toThrow(PolicyViolation);
  });
});

describe("a policy that guides", () => {
  const switching = {
    name: "cheaper",
    condition: { trigger: "step_count", operator: "gte", value: 1 },
    action: { type: "switch_model", params: { model: "gpt-4o-mini" } },
  } as const;

  it("sets the model of the next calls, once a run", () => {
    const client = new RecordedClient();
    client.dt.addPolicy(switching);
    const run = client.dt.startRun("research");
    expect(run.modelOverride).toBeUndefined();
    run.toolCalled("a");
    run.toolCalled("a");
    expect(run.modelOverride).toBe("gpt-4o-mini");
    expect(triggered(client)).toHaveLength(1);
  });

  it("hands its prompts out once each, in order", () => {
    const client = new RecordedClient();
    for (const [at, prompt] of ["Be brief.", "Answer now."].entries()) {
      client.dt.addPolicy({
        ...switching,
        name: prompt,
        priority: at,
        action: { type: "inject_prompt", params: { prompt } },
      });
    }
    const run = client.dt.startRun("research");
    run.toolCalled("a");
    expect([run.popPromptAddition(), run.popPromptAddition(), run.popPromptAddition()]).toEqual([
      "Be brief.",
      "Answer now.",
      undefined,
    ]);
  });

  it("says once when nothing reads what it asks for, and not when it was read", () => {
    const { notices } = processState();
    const told = (): string[] => [...notices].filter((text) => text.includes('"unread switch" switched the model'));
    const client = new RecordedClient();
    client.dt.addPolicy({ ...switching, name: "unread switch" });
    for (const reads of [true, false, false]) {
      if (reads) expect(told()).toEqual([]);
      const run = client.dt.startRun("research");
      run.toolCalled("a");
      if (reads) expect(run.modelOverride).toBe("gpt-4o-mini");
      run.llmCalled("gpt-4o").responded();
      run.end();
    }
    expect(told()).toHaveLength(1);
  });
});

describe("a policy that logs", () => {
  it("writes a line each time, interrupts nothing and hides no stop", () => {
    const client = new RecordedClient();
    client.dt.addPolicy({ ...CAP, name: "watch", action: { type: "log" }, priority: 1 });
    client.dt.addPolicy({ ...CAP, name: "stop", priority: 2, condition: { ...CAP.condition, value: 3 } });
    const run = client.dt.startRun("research");
    run.toolCalled("a");
    run.toolCalled("a");
    run.toolCalled("a");
    expect(() => run.toolCalled("a")).toThrow(new PolicyViolation("stop"));
    expect(triggered(client).map(({ policy_name, value }) => [policy_name, value])).toEqual([
      ["watch", 3],
      ["watch", 4],
      ["stop", 4],
    ]);
  });
});

describe("a cap on the cost of a model without a price", () => {
  const capped = {
    name: "cost",
    condition: { trigger: "cost_usd", operator: "gt", value: 1 },
    action: { type: "stop" },
  } as const;

  it("cannot be kept where an answer tells no tokens; a failed call costs nothing", () => {
    const client = new RecordedClient();
    client.dt.addPolicy(capped);
    const run = client.dt.startRun("research");
    run.llmCalled("gpt-4o").responded({ error: new Error("503") });
    run.llmCalled("gpt-4o").responded({ promptTokens: 10, completionTokens: 1 });
    expect(triggered(client)).toEqual([]);
    // As a stream does whose usage nobody asked for.
    run.llmCalled("gpt-4o", { streaming: true }).responded({ finishReason: "stop" });
    expect(triggered(client)).toMatchObject([{ policy_name: "cost", action_type: "unenforceable" }]);
  });

  it("is told once as unenforceable", () => {
    const client = new RecordedClient();
    client.dt.addPolicy(capped);
    const run = client.dt.startRun("research");
    for (let at = 0; at < 3; at++) run.llmCalled("house-model").responded({ promptTokens: 10, completionTokens: 10 });
    expect(triggered(client)).toMatchObject([{ policy_name: "cost", action_type: "unenforceable", level: "info" }]);
  });

  it("stops the run where it is asked to", () => {
    const client = new RecordedClient();
    client.dt.addPolicy({ ...capped, onUnpriced: "stop" });
    const run = client.dt.startRun("research");
    const call = run.llmCalled("house-model");
    expect(() => call.responded({ promptTokens: 10, completionTokens: 10 })).toThrow(PolicyViolation);
  });
});

describe("a policy that is not valid", () => {
  it("is an error where it is added, which names it", () => {
    const { dt } = new RecordedClient();
    expect(() => dt.addPolicy({ ...CAP, condition: { ...CAP.condition, trigger: "tool_calls" } })).toThrow(
      'addPolicy, "cap": unknown trigger "tool_calls". Did you mean "tool_call_count"?',
    );
  });
});

describe("a policies.json", () => {
  const folder = temporaryFolder();

  it("is read when the client is made, by option or environment, and says what is wrong with it", () => {
    const path = join(folder(), "policies.json");
    writeFileSync(path, JSON.stringify({ policies: [{ ...CAP, condition: { ...CAP.condition, value: 0 } }] }));
    for (const client of [new RecordedClient({ policies: path }), fromEnvironment(path)]) {
      expect(() => client.dt.startRun("research").toolCalled("a")).toThrow(PolicyViolation);
    }
    writeFileSync(path, '{"policies":[{"name":"x"}]}');
    expect(() => new RecordedClient({ policies: path })).toThrow(
      `${path} (the option "policies"), policy 1, "x": "condition"`,
    );
  });

  it("gives way to added ones of the same priority", () => {
    const stop = (name: string) => ({ ...CAP, name, condition: { ...CAP.condition, value: 0 } });
    const client = new RecordedClient({ policies: [stop("given")] });
    client.dt.addPolicy(stop("added"));
    expect(() => client.dt.startRun("research").toolCalled("a")).toThrow(new PolicyViolation("added"));
  });
});

function fromEnvironment(path: string): RecordedClient {
  vi.stubEnv("DUNETRACE_POLICIES", path);
  try {
    return new RecordedClient();
  } finally {
    vi.unstubAllEnvs();
  }
}
