import { describe, expect, it } from "vitest";
import { type Run, rebuildRun } from "../../core/run";
import { parseLine } from "../../core/wire";
import { eventLog } from "./eventLog";
import { PLAIN } from "./style";

const SECRET = "the customer's address is 1 Secret Road";

function runOf(...lines: object[]): Run {
  const base = {
    ts: "2026-11-20T10:00:00.000000Z",
    level: "info",
    logger: "dunetrace",
    agent_id: "a",
    run_id: "r1",
    step_index: 1,
  };
  return rebuildRun(
    lines.flatMap((line) => {
      const read = parseLine(JSON.stringify({ ...base, ...line }));
      return read.ok ? [read.line] : [];
    }),
  );
}

const log = (run: Run): string => eventLog(run, { style: PLAIN, columns: 80 }).join("\n");

describe("eventLog", () => {
  it("shows fields of the format and hides raw content and unknown keys by name", () => {
    const run = runOf(
      { event_type: "run.started", seq: 0, schema: 1, step_index: 0, payload: { capture: "hash", input_text: SECRET } },
      {
        event_type: "tool.called",
        seq: 1,
        schema: 1,
        payload: { tool_name: "lookup", args_hash: "28fc1ab200000000", args: SECRET, note: SECRET },
      },
      { event_type: "voice.heard", seq: 2, schema: 1, payload: { transcript: SECRET } },
    );
    const text = log(run);
    expect(text).not.toContain("Secret Road");
    expect(text).toContain("10:00:00.000000  tool.called  #1 step 1");
    expect(text).toContain("tool_name=lookup args_hash=28fc1ab200000000 (not shown: args, note)");
    expect(text).toContain("voice.heard");
    expect(text).toContain("(not shown: transcript)");
  });

  it("shows content when the run's capture is full", () => {
    const run = runOf({
      event_type: "run.started",
      seq: 0,
      schema: 1,
      step_index: 0,
      payload: { capture: "full", input_text: SECRET },
    });
    expect(log(run).replace(/\s+/g, " ")).toContain(`input_text=${SECRET}`);
  });

  it("makes control characters visible", () => {
    const run = runOf({ event_type: "tool.called", seq: 0, schema: 1, payload: { tool_name: "a\u001b[2Jb" } });
    expect(log(run)).toContain("tool_name=a␛[2Jb");
  });
});
