import { describe, expect, it } from "vitest";
import { LokiError } from "../errors";
import { type TailRequest, tail } from "./tail";
import { runOf, seconds, stored } from "./testLines";
import { TestLoki } from "./testLoki";

/** Runs a tail with a clock of its own: `steps` happen one at each pause, then it is aborted. */
async function follow(loki: TestLoki, steps: readonly (() => void)[], more: Partial<TailRequest> = {}) {
  const controller = new AbortController();
  let second = 100;
  const left = [...steps];
  const batches: string[][] = [];
  const sleep = async (ms: number): Promise<void> => {
    second += ms / 1000;
    const step = left.shift();
    if (step === undefined) controller.abort();
    else step();
  };
  const now = () => seconds(second);
  for await (const entries of tail(loki, { from: seconds(100), now, sleep, signal: controller.signal, ...more })) {
    batches.push(
      entries.map(({ entry, parsed }) => (parsed.ok ? `${parsed.line.run_id} ${parsed.line.seq}` : entry.line)),
    );
  }
  return batches;
}

describe("tail", () => {
  it("hands out new lines once, late ones too, never asking twice at once", async () => {
    const loki = new TestLoki([...runOf("before", 1, 2), ...runOf("a", 100, 101)]);
    const batches = await follow(loki, [
      () => loki.add(...runOf("b", 101, 102)),
      () => undefined,
      // Late: it lies before lines that were handed out.
      () => loki.add(stored("tool.called", { run_id: "a", at: 100.5, seq: 1, payload: { tool_name: "t" } })),
    ]);
    expect(batches).toEqual([["a 0", "a 9"], ["b 0", "b 9"], ["a 1"]]);
    expect(loki.mostPending).toBe(1);
  });

  it("goes on after an error that may pass, and ends with one that does not", async () => {
    const loki = new TestLoki(runOf("a", 100, 101));
    const errors: string[] = [];
    loki.failures.push(new LokiError({ kind: "unavailable", message: "away" }));
    const batches = await follow(loki, [() => undefined], { onError: ({ message }) => errors.push(message) });
    expect(batches).toEqual([["a 0", "a 9"]]);
    expect(errors).toEqual(["away"]);
    loki.failures.push(new LokiError({ kind: "refused", message: "no LogQL" }));
    await expect(follow(loki, [() => undefined])).rejects.toThrow("no LogQL");
  });

  it("ends quietly when it is aborted meanwhile", async () => {
    const loki = new TestLoki([]);
    loki.failures.push(new LokiError({ kind: "aborted", message: "given up" }));
    expect(await follow(loki, [])).toEqual([]);
  });
});
