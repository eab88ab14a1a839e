import { expect, it } from "vitest";
import { DetectorConfig } from "../../../core/detectors";
import { runOf, T0 } from "../../readers/testLines";
import { TestLoki } from "../../readers/testLoki";
import { contextOf } from "../context";
import { baselinesOf } from "./baselines";

const nanos = (seconds: number): bigint => (BigInt(T0) + BigInt(seconds) * 1_000_000n) * 1000n;

it("baselines are those of the time asked for, and read once a minute", async () => {
  const of = (run_id: string, end: number, steps: number) =>
    runOf(run_id, end - 1, end, { payload: { baseline: { steps } } });
  const loki = new TestLoki([...of("old", 100, 5), ...of("new", 5000, 9)]);
  let now = 0;
  const context = contextOf(loki, { scope: {}, config: new DetectorConfig(), now: () => now });
  const steps = async (end: number) => {
    const request = { start: nanos(0), end: nanos(end), agents: undefined, signal: undefined };
    const baselines = await baselinesOf(context, request);
    return baselines.agents.map((agent) => baselines.baselineOf(agent, undefined).steps);
  };
  expect(await steps(6000)).toEqual([9]);
  expect(await steps(1000)).toEqual([5]);
  const asked = loki.queries.length;
  expect(await steps(6000)).toEqual([9]);
  expect(loki.queries.length).toBe(asked);
  now = 61_000;
  await steps(6000);
  expect(loki.queries.length).toBe(asked + 1);
});
