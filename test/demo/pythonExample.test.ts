import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testCollector } from "../../src/collector/testCollector";
import { listen } from "../../src/server/listen";
import { runAgent, virtualEnvironment } from "../python/virtualEnvironment";
import { pythonOf } from "../systems/environment";
import { exampleRuns } from "./exampleRuns";

const AGENT = join(import.meta.dirname, "../../examples/python/agent.py");
const TIMEOUT_MS = 600_000;

/** Environments that test/collector/python.test.ts makes too. */
const VERSIONS = [
  ["python-0.3.21", ["dunetrace==0.3.21", "haystack-ai==3.4.0"]],
  ["python-0.5.7", ["dunetrace==0.5.7"]],
] as const;

describe("the example in Python", () => {
  it.for(VERSIONS)("shows a loop with %s", { timeout: TIMEOUT_MS }, async ([folder, packages], context) => {
    const python = pythonOf(await virtualEnvironment(folder, packages), context);
    const collected = testCollector();
    const served = await listen((request) => collected.app.fetch(request), { port: 0 });
    try {
      await runAgent(python, AGENT, { DUNETRACE_ENDPOINT: served.url });
    } finally {
      await served.close();
    }
    const text = collected.written.join("");
    expect(exampleRuns(text)).toEqual([
      {
        agent_id: "museum-guide",
        exit_reason: "final_answer",
        signals: { TOOL_LOOP: "HIGH" },
        calls: Array.from({ length: 4 }, () => ["llm gpt-4o-mini ?/16 tool_calls", "tool web_search"]).flat(),
      },
    ]);
    expect(text).not.toContain("museum open");
  });
});
