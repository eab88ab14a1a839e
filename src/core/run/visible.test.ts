import { describe, expect, it } from "vitest";
import { parseLine } from "../wire/parse";
import { visiblePayload } from "./visible";

function read(event_type: string, payload: object) {
  const result = parseLine(
    JSON.stringify({
      ts: "2026-11-20T10:00:00Z",
      logger: "dunetrace",
      event_type,
      agent_id: "a",
      run_id: "r",
      step_index: 0,
      schema: 1,
      payload,
    }),
  );
  if (!result.ok) throw new Error(result.reason);
  return result.line;
}

describe("visiblePayload", () => {
  const answer = read("llm.responded", { model: "m", output_text: "secret", note: "secret", output: "secret" });

  it("hides raw content and unknown keys, and names them", () => {
    expect(visiblePayload(answer, "hash")).toEqual({
      payload: { model: "m" },
      hidden: ["output_text", "note", "output"],
    });
    expect(visiblePayload(answer, undefined).payload).toEqual({ model: "m" });
  });

  it("shows raw content of the wire format when the producer captured it on purpose", () => {
    expect(visiblePayload(answer, "full").payload).toEqual({ model: "m", output_text: "secret" });
  });

  it("shows only the names of the keys of an unknown event", () => {
    expect(visiblePayload(read("memory.written", { key: "secret", size: 3 }), "full")).toEqual({
      payload: {},
      hidden: ["key", "size"],
    });
  });
});
