import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { describe, expect, it, vi } from "vitest";
import type { RunHook } from "./hooks";
import { PolicyViolation } from "./policyViolation";
import { processState } from "./processState";
import { RecordedClient } from "./testing/record";

describe("a hook", () => {
  it("sees start, events and end of runs, with the facts so far", () => {
    const client = new RecordedClient();
    const seen: unknown[] = [];
    const hook: RunHook = {
      started: (run, { event_type }) => void seen.push([event_type, run.agentId]),
      afterEvent: (run, { event_type }) => {
        seen.push([event_type, run.facts.tool_calls]);
        return undefined;
      },
      ended: (run, signals) => void seen.push([run.exitReason, signals.length]),
    };
    client.dt.addHook(hook);
    const run = client.dt.startRun("research");
    run.toolCalled("search").responded();
    run.input("more");
    run.end();
    expect(seen).toEqual([
      ["run.started", "research"],
      ["tool.called", 1],
      ["tool.responded", 1],
      ["input.received", 1],
      ["completed", 0],
    ]);
  });

  it.each([
    ["tool.called", true],
    ["tool.responded", true],
    ["llm.responded", true],
    ["llm.called", false],
    ["retrieval.called", false],
    ["retrieval.responded", false],
    ["external.signal", false],
    ["input.received", false],
  ])("stops the run after %s: %s", (event_type, stops) => {
    const client = new RecordedClient();
    client.dt.addHook({
      afterEvent: (_run, event) => (event.event_type === event_type ? new PolicyViolation("cap") : undefined),
    });
    const run = client.dt.startRun("research");
    const act = (): void => {
      run.toolCalled("search");
      run.toolResponded("search");
      run.llmCalled("gpt-4o");
      run.llmResponded();
      run.retrievalCalled("docs");
      run.retrievalResponded("docs");
      run.externalSignal("deploy");
      run.input("more");
    };
    if (stops) expect(act).toThrow(new PolicyViolation("cap"));
    else act();
    // The event that crossed the line is written before the violation is thrown.
    expect(client.types).toContain(event_type);
  });

  it("does no harm when it breaks", () => {
    const client = new RecordedClient();
    const broken = (): never => {
      throw new Error("hook");
    };
    client.dt.addHook({ started: broken, afterEvent: broken, ended: broken });
    const run = client.dt.startRun("research");
    run.toolCalled("search").responded();
    run.end();
    expect(client.types).toEqual(["run.started", "tool.called", "tool.responded", "run.completed"]);
    expect(client.dt.counters.faults).toBe(4);
  });

  it("that fails is told with debug, without its message, which may hold content", () => {
    const { notices } = processState();
    const write = vi.spyOn(fs, "writeSync").mockReturnValue(0);
    syncBuiltinESMExports();
    try {
      const client = new RecordedClient({ debug: true });
      client.dt.addHook({
        started: () => {
          throw new RangeError("CANARY");
        },
      });
      client.dt.startRun("research").end();
      expect(client.dt.counters.faults).toBe(1);
      expect(write.mock.calls.map(([, text]) => text)).toEqual(["dunetrace: a hook failed: RangeError\n"]);
      expect([...notices].join()).not.toContain("CANARY");
    } finally {
      write.mockRestore();
      syncBuiltinESMExports();
    }
  });
});
