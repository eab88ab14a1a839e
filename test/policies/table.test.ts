import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ACTION_TYPES, OPERATORS, TRIGGERS } from "../../src/core/policies";
import { type PolicyOptions, PolicyViolation, type RunContext } from "../../src/sdk";
import { temporaryFolder } from "../../src/sdk/testing/files";
import { RecordedClient } from "../../src/sdk/testing/record";
import { INPUT, PRICES } from "./moments";
import { ACTIONS, PAIRS, type Played, playOf, ROWS } from "./table";

const folder = temporaryFolder();
const NAME = "the policy";

/** The same policy by both ways of the public API. */
const SOURCES: Readonly<Record<string, (policy: Omit<PolicyOptions, "name">) => RecordedClient>> = {
  addPolicy: (policy) => {
    const client = new RecordedClient({ prices: PRICES });
    client.dt.addPolicy({ name: NAME, ...policy });
    return client;
  },
  "a policies file": (policy) => {
    const path = join(folder(), "policies.json");
    writeFileSync(path, JSON.stringify({ policies: [{ name: NAME, ...policy }] }));
    return new RecordedClient({ prices: PRICES, policies: path });
  },
};

interface Seen {
  readonly client: RecordedClient;
  /** The moment at which it was stopped. */
  readonly stoppedAt: number | undefined;
  /** What the run said after each moment. */
  readonly models: readonly (string | undefined)[];
  readonly prompts: readonly (string | undefined)[];
  /** Lines of policies after each moment: number, and the type of the line that they follow. */
  readonly written: readonly string[][];
}

function play({ moments }: Played, client: RecordedClient): Seen {
  const run = client.dt.startRun("agent", { userInput: INPUT, model: "dear" });
  const models: (string | undefined)[] = [];
  const prompts: (string | undefined)[] = [];
  const written: string[][] = [];
  let stoppedAt: number | undefined;
  for (const [at, { act, wrote }] of moments.entries()) {
    const before = client.texts.length;
    if (!goesOn(act, run)) stoppedAt = at;
    const types = client.lines.slice(before).map(({ event_type }) => event_type);
    expect(types).toContain(wrote);
    written.push(types.filter((type, index) => type === "policy.triggered" && index > types.indexOf(wrote)));
    models.push(run.modelOverride);
    prompts.push(run.popPromptAddition());
    if (stoppedAt !== undefined) break;
  }
  run.end();
  expect(client.dt.counters.faults).toBe(0);
  return { client, stoppedAt, models, prompts, written };
}

function goesOn(act: (run: RunContext) => void, run: RunContext): boolean {
  try {
    act(run);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyViolation);
    expect(error).toMatchObject({ policyName: NAME, message: "Enough." });
    return false;
  }
}

const linesOf = ({ client }: Seen) =>
  client.texts
    .map((text) => JSON.parse(text))
    .filter(({ event_type }) => event_type === "policy.triggered")
    .map(({ level, payload }) => ({ level, ...payload }));
const endOf = ({ client }: Seen) => client.lines.at(-1);

describe.each(Object.entries(SOURCES))("by %s", (_, source) => {
  it.each(ROWS)("$trigger $operator → $action", ({ trigger, operator, action }) => {
    const firing = playOf(trigger, operator, true);
    const condition = { trigger, operator, value: firing.value };
    const seen = play(firing, source({ condition, action: ACTIONS[action] }));
    const [first = -1] = firing.fires;
    const moments = firing.moments.map((_moment, at) => at);
    const told = action === "log" ? firing.fires : [first];
    expect(seen.written.map((types) => types.length)).toEqual(
      moments.filter((at) => action !== "stop" || at <= first).map((at) => (told.includes(at) ? 1 : 0)),
    );
    expect(linesOf(seen)).toEqual(
      told.map((at) => ({
        level: action === "stop" ? "warn" : "info",
        policy_name: NAME,
        action_type: action,
        trigger,
        value:
          trigger === "signal"
            ? expect.arrayContaining(listOf(firing.moments[at]?.observed))
            : firing.moments[at]?.observed,
      })),
    );
    expect(seen.stoppedAt).toBe(action === "stop" ? first : undefined);
    expect(endOf(seen)).toMatchObject(
      action === "stop"
        ? { event_type: "run.errored", payload: { exit_reason: "policy_violation", policy_name: NAME } }
        : { event_type: "run.completed", payload: { exit_reason: "completed" } },
    );
    expect(seen.models).toEqual(
      seen.models.map((_model, at) => (action === "switch_model" && at >= first ? "small" : undefined)),
    );
    expect(seen.prompts).toEqual(
      seen.prompts.map((_prompt, at) => (action === "inject_prompt" && at === first ? "Answer now." : undefined)),
    );
  });

  it.each(ROWS)("$trigger $operator → $action, where it must not", ({ trigger, operator, action }) => {
    const quiet = playOf(trigger, operator, false);
    const condition = { trigger, operator, value: quiet.value };
    const seen = play(quiet, source({ condition, action: ACTIONS[action] }));
    expect(linesOf(seen)).toEqual([]);
    expect(seen.stoppedAt).toBeUndefined();
    expect(new Set([...seen.models, ...seen.prompts])).toEqual(new Set([undefined]));
    expect(endOf(seen)?.event_type).toBe("run.completed");
  });

  it.each(PAIRS.filter(({ isValid }) => !isValid))("$trigger $operator is refused", ({ trigger, operator }) => {
    const value = trigger === "signal" ? "TOOL_LOOP" : trigger === "finish_reason" ? "stop" : 1;
    const policy = { condition: { trigger, operator, value }, action: ACTIONS.log };
    expect(() => source(policy)).toThrow(`${trigger} cannot be compared with "${operator}"`);
  });
});

function listOf(observed: unknown): unknown[] {
  return Array.isArray(observed) ? observed : [];
}

it("covers every trigger, operator and action", () => {
  expect(PAIRS).toHaveLength(TRIGGERS.length * OPERATORS.length);
  expect(new Set(ROWS.map(({ trigger }) => trigger))).toEqual(new Set(TRIGGERS));
  expect(new Set(ROWS.map(({ operator }) => operator))).toEqual(new Set(OPERATORS));
  expect(ROWS).toHaveLength(PAIRS.filter(({ isValid }) => isValid).length * ACTION_TYPES.length);
});
