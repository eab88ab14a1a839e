import { expect, it } from "vitest";
import { RecordedClient } from "./testing/record";

/** What JavaScript code may pass where the types ask for an object. */
const nothing = JSON.parse("null");

it("records calls and answers whose details are null", async () => {
  const client = new RecordedClient();
  const run = client.dt.startRun("research");
  run.toolCalled("search");
  run.toolResponded("search", nothing);
  run.llmCalled("gpt-4o", nothing);
  run.llmResponded(nothing);
  run.retrievalCalled("docs").responded(nothing);
  run.end();
  expect(client.types.filter((type) => type !== "signal.detected")).toEqual([
    "run.started",
    "tool.called",
    "tool.responded",
    "llm.called",
    "llm.responded",
    "retrieval.called",
    "retrieval.responded",
    "run.completed",
  ]);
  expect(client.dt.counters.faults).toBe(0);
  await expect(client.dt.flush(nothing)).resolves.toBeUndefined();
});

it("counts an event that could not be recorded on the terminal line", () => {
  const client = new RecordedClient();
  const run = client.dt.startRun("research");
  const broken = {
    get error(): never {
      throw new Error("getter");
    },
  };
  run.toolCalled("search").responded(broken);
  const moment = {
    get at(): never {
      throw new Error("getter");
    },
  };
  run.externalSignal("rate_limit", undefined, undefined, moment);
  run.input("more", moment);
  run.end();
  expect(client.types).not.toContain("tool.responded");
  expect(client.types).not.toContain("external.signal");
  expect(client.types).not.toContain("input.received");
  expect(client.lines.at(-1)).toMatchObject({ payload: { dropped_events: 3 } });
});
