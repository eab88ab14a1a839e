import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type PolicyOptions, PolicyViolation } from "../../src/sdk";
import { processState } from "../../src/sdk/processState";
import { temporaryFolder } from "../../src/sdk/testing/files";
import { RecordedClient } from "../../src/sdk/testing/record";

const folder = temporaryFolder();
const CONDITION = { trigger: "tool_call_count", operator: "gte", value: 1 } as const;
const policy = (name: string, type: "log" | "stop", priority?: number): PolicyOptions => ({
  name,
  condition: CONDITION,
  action: { type },
  priority,
});

/** Names of the policies that one tool call made act, and of the one that stopped it. */
function acting(client: RecordedClient): { readonly names: readonly string[]; readonly stoppedBy: string | undefined } {
  let stoppedBy: string | undefined;
  const run = client.dt.startRun("agent");
  try {
    run.toolCalled("search");
  } catch (error) {
    if (!(error instanceof PolicyViolation)) throw error;
    stoppedBy = error.policyName;
  }
  return { names: client.of("policy.triggered").map(({ payload }) => payload.policy_name), stoppedBy };
}

function withPolicies(...policies: readonly PolicyOptions[]): RecordedClient {
  const client = new RecordedClient();
  for (const one of policies) client.dt.addPolicy(one);
  return client;
}

describe("policies that meet the same event", () => {
  it.each([
    ["before", 1],
    ["after", 3],
  ])("log is written where it stands %s a stop, and does not hide it", (_, priority) => {
    const { names, stoppedBy } = acting(withPolicies(policy("log", "log", priority), policy("stop", "stop", 2)));
    expect(names.toSorted()).toEqual(["log", "stop"]);
    expect(names[0]).toBe(priority < 2 ? "log" : "stop");
    expect(stoppedBy).toBe("stop");
  });

  it("act by priority, lower first, 100 where none is given, equal ones as they were added", () => {
    const policies = [policy("e", "log", 101), policy("b", "log"), policy("a", "log", -5), policy("c", "log", 100)];
    expect(acting(withPolicies(...policies, policy("d", "log"))).names).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("only the first stop is told", () => {
    const policies = [policy("second", "stop", 2), policy("first", "stop", 1)];
    expect(acting(withPolicies(...policies))).toEqual({ names: ["first"], stoppedBy: "first" });
  });

  it("those of the program come before those of the file at equal priority, not at a lower one", () => {
    const path = join(folder(), "policies.json");
    const ofFile = [
      { name: "file, early", priority: 1, condition: CONDITION, action: { type: "log" } },
      { name: "file", condition: CONDITION, action: { type: "log" } },
    ];
    writeFileSync(path, JSON.stringify({ policies: ofFile }));
    const client = new RecordedClient({ policies: path });
    client.dt.addPolicy(policy("program", "log"));
    expect(acting(client).names).toEqual(["file, early", "program", "file"]);
  });

  it("those that are off, or for another agent, do nothing", () => {
    const off = { ...policy("off", "stop"), enabled: false };
    const other = { ...policy("other", "stop"), agentId: "support" };
    const every = { ...policy("every", "log"), agentId: "*" };
    expect(acting(withPolicies(off, other, every))).toEqual({ names: ["every"], stoppedBy: undefined });
  });
});

describe("a cap on costs with a model that has no price", () => {
  const CAP: PolicyOptions = {
    name: "cost cap of order.test",
    condition: { trigger: "cost_usd", operator: "gt", value: 5 },
    action: { type: "stop" },
  };
  const prices = { dear: { input: 1_000_000, output: 0 } };
  const ask = (client: RecordedClient, ...models: readonly string[]): (() => void) => {
    const run = client.dt.startRun("agent");
    return () => {
      for (const model of models) run.llmCalled(model).responded({ promptTokens: 3, completionTokens: 1 });
    };
  };

  it("is told once a run, and once on stderr, and goes on with what has a price", () => {
    const client = new RecordedClient({ prices });
    client.dt.addPolicy(CAP);
    expect(ask(client, "house-model", "dear", "house-model")).not.toThrow();
    expect(ask(client, "house-model", "dear", "dear")).toThrow(PolicyViolation);
    expect(client.of("policy.triggered").map(({ payload }) => [payload.action_type, payload.value])).toEqual([
      ["unenforceable", null],
      ["unenforceable", null],
      ["stop", 6],
    ]);
    const told = [...processState().notices].filter((text) => text.includes(CAP.name));
    expect(told).toEqual([expect.stringContaining("cannot keep its cap on cost_usd: the price or the tokens of")]);
  });

  it("stops at the first such call with onUnpriced", () => {
    const client = new RecordedClient({ prices });
    client.dt.addPolicy({ ...CAP, onUnpriced: "stop" });
    expect(ask(client, "dear", "house-model", "dear")).toThrow(new PolicyViolation(CAP.name));
    expect(client.of("policy.triggered").map(({ payload }) => [payload.action_type, payload.value])).toEqual([
      ["stop", 3],
    ]);
    expect(client.of("llm.called")).toHaveLength(2);
  });
});
