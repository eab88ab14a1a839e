import { describe, expect, it } from "vitest";
import { emptyFacts } from "../facts/emptyFacts";
import type { Facts } from "../facts/facts";
import type { FailureType } from "../wire/terms";
import type { PolicyInput } from "./conditions";
import { PolicyRun, policiesFor, type Triggered } from "./evaluate";
import { parsePolicy } from "./parse";
import { ACTION_TYPES, type Policy } from "./policy";

interface Seen {
  readonly facts?: Partial<Facts>;
  readonly finish_reason?: string;
  readonly llm_latency_ms?: number;
  readonly uncosted?: boolean;
  readonly holding?: readonly FailureType[];
}

const input = (seen: Seen): PolicyInput => ({
  facts: { ...emptyFacts(), ...seen.facts },
  finish_reason: seen.finish_reason,
  llm_latency_ms: seen.llm_latency_ms,
  uncosted: seen.uncosted === true,
  holds: (type) => seen.holding?.includes(type) === true,
  holding: () => seen.holding ?? [],
});

const PARAMS: Readonly<Record<string, Record<string, string>>> = {
  switch_model: { model: "gpt-4o-mini" },
  inject_prompt: { prompt: "Answer with what you have." },
};

function policy(condition: Record<string, unknown>, more: Record<string, unknown> = {}, action = "stop"): Policy {
  return parsePolicy(
    { name: `${action}-policy`, condition, action: { type: action, params: PARAMS[action] }, ...more },
    "test",
  );
}

const told = (triggered: readonly Triggered[]): string[] =>
  triggered.map((one) => `${one.policy.name}:${one.action_type}`);

/** trigger, operator, value, a run where it holds, one where it must not. */
const NUMBERS: readonly [string, number, Seen, Seen][] = [
  ["gt", 5, at(6), at(5)],
  ["gte", 5, at(5), at(4)],
  ["lt", 5, at(4), at(5)],
  ["lte", 5, at(5), at(6)],
  ["eq", 5, at(5), at(6)],
  ["neq", 5, at(6), at(5)],
];

/** The same number wherever a numeric trigger looks. */
function at(value: number): Seen {
  return {
    facts: { tool_calls: value, steps: value, cost_usd: value, tool_failures: value },
    llm_latency_ms: value,
  };
}

const TABLE: readonly [string, string, number | string, Seen, Seen][] = [
  ...["tool_call_count", "step_count", "cost_usd", "error_count", "llm_latency_ms"].flatMap((trigger) =>
    NUMBERS.map(([operator, value, yes, no]): [string, string, number, Seen, Seen] => [
      trigger,
      operator,
      value,
      yes,
      no,
    ]),
  ),
  ["finish_reason", "eq", "length", { finish_reason: "length" }, { finish_reason: "stop" }],
  ["finish_reason", "neq", "stop", { finish_reason: "length" }, { finish_reason: "stop" }],
  ["finish_reason", "contains", "tool", { finish_reason: "tool_calls" }, { finish_reason: "stop" }],
  ["signal", "eq", "TOOL_LOOP", { holding: ["TOOL_LOOP"] }, { holding: ["RETRY_STORM"] }],
  ["signal", "contains", "TOOL_LOOP", { holding: ["RETRY_STORM", "TOOL_LOOP"] }, { holding: [] }],
  ["signal", "neq", "TOOL_LOOP", { holding: [] }, { holding: ["TOOL_LOOP"] }],
];

describe.each(ACTION_TYPES)("%s", (action) => {
  it.each(TABLE)("when %s %s %s", (trigger, operator, value, yes, no) => {
    const one = policy({ trigger, operator, value }, {}, action);
    expect(new PolicyRun([one]).evaluate(input(no))).toEqual([]);
    const run = new PolicyRun([one]);
    expect(told(run.evaluate(input(yes)))).toEqual([`${action}-policy:${action}`]);
    // Once a run; log each time.
    expect(run.evaluate(input(yes))).toHaveLength(action === "log" ? 1 : 0);
  });
});

describe("evaluate", () => {
  const many = { trigger: "tool_call_count", operator: "gt", value: 1 };
  const call = input({ facts: { tool_calls: 2 } });

  it("says what was compared", () => {
    expect(new PolicyRun([policy(many)]).evaluate(call)[0]?.value).toBe(2);
    const loop = policy({ trigger: "signal", operator: "eq", value: "TOOL_LOOP" });
    const holding: FailureType[] = ["RETRY_STORM", "TOOL_LOOP"];
    expect(new PolicyRun([loop]).evaluate(input({ holding }))[0]?.value).toEqual(holding);
  });

  it("knows nothing of what was not seen yet", () => {
    const policies = [
      policy({ trigger: "llm_latency_ms", operator: "lt", value: 5 }),
      policy({ trigger: "finish_reason", operator: "neq", value: "stop" }),
      policy({ trigger: "cost_usd", operator: "gte", value: 0 }),
    ];
    expect(new PolicyRun(policies).evaluate(input({ facts: { cost_usd: undefined } }))).toEqual([]);
  });

  it("lets no log hide a stop and no stop a log, and nothing else act after a stop", () => {
    const named = (name: string, action: string): Policy => ({ ...policy(many, {}, action), name });
    const run = new PolicyRun([
      named("a", "log"),
      named("b", "switch_model"),
      named("c", "stop"),
      named("d", "inject_prompt"),
      named("e", "log"),
      named("f", "stop"),
    ]);
    expect(told(run.evaluate(call))).toEqual(["a:log", "b:switch_model", "c:stop", "e:log"]);
  });

  it("orders by priority, local before remote, then as they were added", () => {
    const named = (name: string, priority: number, more = {}): Policy => ({ ...policy(many), name, priority, ...more });
    const ordered = policiesFor(
      "agent",
      [named("l2", 2), named("l1", 1), named("off", 0, { enabled: false })],
      [named("r1", 1), named("r0", 0), named("other", 0, { agent_id: "other" })],
    );
    expect(ordered.map(({ name }) => name)).toEqual(["r0", "l1", "r1", "l2"]);
  });

  it("knows an agent by the name it was given and by the one on its lines", () => {
    const named = (agent_id: string): Policy => ({ ...policy(many), agent_id });
    const its = policiesFor("kb_agent_1", [named("kb:agent/1"), named("kb agent/1"), named("kb_agent_1")]);
    expect(its.map(({ agent_id }) => agent_id)).toEqual(["kb agent/1", "kb_agent_1"]);
  });

  it("asks for the signals that policies look at, and for all of them only where one acts", () => {
    const asked: string[] = [];
    const watching: PolicyInput = {
      ...call,
      holds: (type) => asked.push(type) > 0 && type === "RETRY_STORM",
      holding: () => {
        asked.push("all");
        return ["RETRY_STORM"];
      },
    };
    const signal = (value: string) => policy({ trigger: "signal", operator: "eq", value });
    new PolicyRun([policy(many)]).evaluate(watching);
    expect(asked).toEqual([]);
    const run = new PolicyRun([signal("TOOL_LOOP"), signal("RETRY_STORM")]);
    run.evaluate(watching);
    expect(asked).toEqual(["TOOL_LOOP", "RETRY_STORM", "all"]);
  });
});

describe("a cap on a cost", () => {
  const cap = { trigger: "cost_usd", operator: "gt", value: 1 };
  const unpriced = (cost_usd: number | undefined): PolicyInput => input({ facts: { cost_usd, unpriced_llm_calls: 1 } });

  it("says once that it cannot be kept, and is kept where the known part exceeds it", () => {
    const run = new PolicyRun([policy(cap)]);
    expect(told(run.evaluate(unpriced(undefined)))).toEqual(["stop-policy:unenforceable"]);
    expect(run.evaluate(unpriced(0.5))).toEqual([]);
    expect(told(run.evaluate(unpriced(1.5)))).toEqual(["stop-policy:stop"]);
  });

  it("cannot be kept either where the tokens of an answer are not known", () => {
    const run = new PolicyRun([policy(cap)]);
    expect(run.evaluate(input({ facts: { cost_usd: 0.5 } }))).toEqual([]);
    expect(told(run.evaluate(input({ facts: { cost_usd: 0.5 }, uncosted: true })))).toEqual([
      "stop-policy:unenforceable",
    ]);
  });

  it("stops at the first call without a price where it is told to", () => {
    const run = new PolicyRun([policy(cap, { on_unpriced: "stop" }, "switch_model")]);
    expect(run.evaluate(unpriced(undefined))).toMatchObject([{ action_type: "stop", value: null }]);
    expect(run.evaluate(unpriced(2))).toEqual([]);
  });
});
