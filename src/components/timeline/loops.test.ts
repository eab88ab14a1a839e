import { describe, expect, it } from "vitest";
import { rebuildRun } from "../../core/run";
import { linesOf } from "../../core/run/testLines";
import type { Payloads } from "../../core/wire";
import { loopLabel } from "./loops";

interface Call {
  readonly args?: string;
  readonly answer?: Payloads["tool.responded"];
}

function labelOf(calls: readonly Call[]): string | undefined {
  const run = rebuildRun(
    linesOf(
      calls.flatMap(({ args, answer = { success: true, output_length: 9 } }) => [
        ["tool.called", { tool_name: "search", ...(args === undefined ? {} : { args_hash: args }) }] as const,
        ["tool.responded", { tool_name: "search", ...answer }] as const,
      ]),
    ),
  );
  const [loop] = run.loops;
  return loop && loopLabel(loop, run.steps);
}

const times = (count: number, call: Call): Call[] => Array.from({ length: count }, () => call);
const error: Payloads["tool.responded"] = { success: false, error_hash: "e" };

describe("loopLabel", () => {
  it("says what the calls have in common, as far as the lines tell", () => {
    expect(labelOf(times(4, { args: "a" }))).toBe("loop ×4, same arguments, same answer");
    expect(labelOf(times(4, { args: "a", answer: error }))).toBe("loop ×4, same arguments, same error");
    expect(labelOf(times(4, { args: "a", answer: {} }))).toBe("loop ×4, same arguments");
    expect(labelOf([...times(3, { args: "a" }), { args: "b" }])).toBe("loop ×4, 3 with same arguments and answer");
    expect(labelOf([...times(3, { args: "a", answer: {} }), { args: "b" }])).toBe("loop ×4, 3 with same arguments");
    expect(labelOf([{ args: "a" }, { args: "b" }, { args: "c" }])).toBe("loop ×3");
    expect(labelOf(times(3, {}))).toBe("loop ×3");
  });
});
