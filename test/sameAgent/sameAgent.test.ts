import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgedRuns } from "../systems/runs";
import { System } from "../systems/system";
import { autoInstrumented } from "./autoInstrumented";
import { byHand } from "./byHand";
import { differences, type Told, toldOf } from "./compare";
import { GEN_AI, OPENLLMETRY } from "./conventions";
import { langGraph } from "./langGraph";
import { SCENES, type Scene } from "./scenes";
import { traced } from "./traced";
import type { Way } from "./way";

const OTHER_WAYS: Readonly<Record<string, Way>> = {
  "the instrumented client": autoInstrumented,
  "the LangChain handler": langGraph,
  "OTLP with OTel GenAI names": traced(GEN_AI),
  "OTLP with OpenLLMetry names": traced(OPENLLMETRY),
};

/** Where a way tells something else than the SDK by hand, what (by hand / that way), and why it has to. */
const DIFFERENCES: readonly {
  readonly of: string;
  readonly agent?: string;
  readonly at: string;
  readonly is: string;
  readonly because: string;
}[] = [
  {
    of: "the LangChain handler",
    agent: "museum",
    at: "facts.streaming_llm_calls",
    is: "3 / 0",
    because: "LangGraph decides after the start of a call that it streams, when llm.called is written",
  },
  {
    of: "the LangChain handler",
    agent: "museum",
    at: "llm.call.streaming",
    is: "true / unknown",
    because: "as above",
  },
  {
    of: "the instrumented client",
    at: "llm.call.provider",
    is: '"openai" / unknown',
    because: "the provider is told by the host of the base URL, which is the test's own here",
  },
  {
    of: "OTLP with OpenLLMetry names",
    at: "llm.answer.output_length",
    is: "0 / unknown",
    because: "no content attribute is written for an empty answer, and none either where content is not traced",
  },
  {
    of: "OTLP with OpenLLMetry names",
    at: "llm.answer.tool_call_count",
    is: "0 / unknown",
    because: "tool calls have an attribute each, so that none looks like not traced",
  },
];
let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.close());

async function measured(way: Way, scene: Scene): Promise<Told> {
  const before = system.models.asked.length;
  const text = await way(scene, system);
  expect(system.models.asked.length - before).toBe(scene.turns.length);
  expect(text).not.toContain("CANARY");
  const [run, ...others] = judgedRuns(text);
  if (run === undefined || others.length > 0) throw new Error(`one run was expected, there are ${others.length + 1}`);
  return toldOf(run);
}

describe.each(SCENES)("$agent", (scene) => {
  it("is told whole by the SDK by hand", async () => {
    const told = await measured(byHand, scene);
    const { steps, llm_calls } = { steps: told["facts.steps"], llm_calls: told["facts.llm_calls"] };
    expect([steps, llm_calls]).toEqual(scene.agent === "museum" ? [6, 3] : [13, 7]);
    expect(told["facts.tool_failures"]).toBe(scene.agent === "museum" ? 1 : 0);
    expect(told["signals.TOOL_LOOP"]).toBe(scene.agent === "museum" ? undefined : "HIGH");
    expect(told["facts.unmetered_llm_calls"]).toBe(0);
  });

  it.each(Object.entries(OTHER_WAYS))("is told the same by %s", async (name, way) => {
    const [first, other] = [await measured(byHand, scene), await measured(way, scene)];
    const known = DIFFERENCES.filter(({ of, agent = scene.agent }) => of === name && agent === scene.agent);
    expect(differences(first, other)).toEqual(Object.fromEntries(known.map(({ at, is }) => [at, is])));
  });
});

it("lists no difference of a way that there is not", () => {
  for (const { of, because } of DIFFERENCES) {
    expect(Object.keys(OTHER_WAYS)).toContain(of);
    expect(because).not.toBe("");
  }
});
