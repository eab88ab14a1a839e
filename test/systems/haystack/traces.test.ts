import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Environment } from "../../python/virtualEnvironment";
import { pythonOf } from "../environment";
import { systemRun } from "../runs";
import { System } from "../system";
import {
  answered,
  ended,
  haystackEnvironment,
  INSTALL_MS,
  PROGRAM_MS,
  programFile,
  runProgram,
  VERSIONS,
} from "./haystack";
import { answerPrograms } from "./replies";

const GRACE_MS = 2000;
const IDLE_MS = 60_000;
const CONTENT = { HAYSTACK_CONTENT_TRACING_ENABLED: "true" };

describe.each(VERSIONS)("traces of Haystack %d", { timeout: PROGRAM_MS }, (version) => {
  let environment: Environment;
  let system: System;
  let later: number;
  beforeAll(async () => {
    environment = await haystackEnvironment(version);
  }, INSTALL_MS);
  beforeEach(async () => {
    later = 0;
    system = await System.start({ now: () => Date.now() + later });
    answerPrograms(system.models);
  });
  afterEach(() => system.close());

  function pass(ms: number): void {
    later += ms;
    system.collector.tick();
  }

  it("that began in another process are runs after the grace, as part of its trace", async (context) => {
    const python = pythonOf(environment, context);
    const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    await system.send(python, programFile("served"), [`00-${trace}-00f067aa0ba902b7-01`], CONTENT);
    expect(system.collector.counters.runs).toBe(0);
    pass(GRACE_MS + 1);
    expect(system.collector.counters.runs).toBe(1);
    const { runs, text } = system.take();
    expect(runs.map(systemRun)).toEqual([ended("served", [answered])]);
    expect(runs[0]?.run).toMatchObject({ trace_id: trace, run_id: "4bf92f35-77b3-4da6-a3ce-929d0e0e4736" });
    expect(text).not.toContain("CANARY");
  });

  it("of a process that was killed are aborted runs after the idle time, with all that was sent", async (context) => {
    const python = pythonOf(environment, context);
    const killed = system.send(python, programFile("killed"), [], CONTENT);
    await expect(killed).rejects.toMatchObject({ signal: "SIGKILL" });
    pass(GRACE_MS + 1);
    expect(system.collector.counters.runs).toBe(0);
    pass(IDLE_MS);
    expect(system.collector.counters.runs).toBe(1);
    const { runs, text } = system.take();
    // The pipeline's own span, which names it, was never sent.
    expect(runs.map(systemRun)).toEqual([
      ended("kb-service", ["retrieval retriever 1", answered], { exit_reason: "aborted" }),
    ]);
    expect(text).not.toContain("CANARY");
  });

  it("of Haystack's own start are no runs", async (context) => {
    const { runs } = await runProgram({ system, environment, context }, "pipelines", ["plain"]);
    expect(runs.map(systemRun)).toEqual([ended("plain", [answered])]);
    // Version 2 tries out the tracer when it is imported; the first time it fails, as its own import is not done yet.
    expect(system.collector.counters.traces_without_run).toBe(version === 2 ? 2 : 0);
  });

  it("are of the agent that the process says it is", async (context) => {
    const own = { ...CONTENT, OTEL_RESOURCE_ATTRIBUTES: "dunetrace.agent_id=support" };
    const { runs } = await runProgram({ system, environment, context }, "pipelines", ["plain", "nameless"], own);
    expect(runs.map(systemRun)).toEqual([ended("support", [answered]), ended("support", [answered])]);
  });

  if (version === 3) {
    it("that a component of the pipeline started are runs", async (context) => {
      const { runs } = await runProgram({ system, environment, context }, "pipelines", ["connected"]);
      expect(runs.map(systemRun)).toEqual([ended("connected", [answered])]);
    });
  }

  it.for([
    ["openai-v2", "InternalServerError"],
    ["openinference", "openai.InternalServerError"],
  ] as const)("with spans of %s around the model's client count a call once", async ([instrument, type], context) => {
    const mixed = { ...CONTENT, INSTRUMENT: instrument };
    const names = ["both_tools", "nested", "fallback"];
    const { runs, text } = await runProgram({ system, environment, context }, "agents", names, mixed);
    // The client's spans name the model that was asked for.
    const model = "gpt-4o";
    const asked = `llm ${model} 111/22 tool_calls`;
    const last = `llm ${model} 111/22 stop`;
    const round = [asked, "tool web_search"];
    expect(runs.map(systemRun)).toEqual([
      ended("both_tools", [...round, asked, "tool lookup", last], { model }),
      ended("nested", [asked, "tool researcher", ...round, ...round, last], { model }),
      ended("fallback", [`llm gpt-4o ?/? error !${type}`, last], { model }),
    ]);
    expect(runs.map(({ run }) => run.facts.prompt_tokens)).toEqual([333, 444, 111]);
    expect(text).not.toContain("CANARY");
  });
});
