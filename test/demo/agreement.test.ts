import { beforeAll, describe, expect, it } from "vitest";
import { detectorOf } from "../../src/core/detectors";
import { FAILURE_TYPES } from "../../src/core/wire";
import { type Performed, perform, readBack } from "./performance";

describe("200 runs of the demo", () => {
  let performed: Performed;
  beforeAll(async () => {
    performed = await perform("--runs", "200", "--seed", "7");
  });

  it("are judged as the manifest says, every one of them", async () => {
    expect(Object.keys(performed.manifest)).toHaveLength(200);
    expect(await readBack(performed)).toEqual(performed.manifest);
  });

  it("were judged alike by the SDK while they ran", async () => {
    const recorded = await readBack(performed, "--recorded");
    for (const [run_id, { status, signals }] of Object.entries(performed.manifest)) {
      // A run that was killed has no terminal line, and so no verdict on it.
      expect(recorded[run_id]?.signals, run_id).toEqual(status === "stalled" ? {} : signals);
    }
  });

  it.each(FAILURE_TYPES)("have a %s at its top severity", (type) => {
    const staged = Object.values(performed.manifest).map(({ signals }) => signals[type]);
    expect(staged).toContain(detectorOf(type).top);
  });

  it.each(["TOOL_LOOP", "RETRY_STORM", "CASCADING_TOOL_FAILURE"])(
    "have a %s that an override made CRITICAL",
    (type) => {
      expect(Object.values(performed.manifest).map(({ signals }) => signals[type])).toContain("CRITICAL");
    },
  );

  it("are mostly fine", () => {
    const quiet = Object.values(performed.manifest).filter(({ signals }) => Object.keys(signals).length === 0);
    expect(quiet.length).toBeGreaterThan(140);
  });
});

describe.each([
  ["1", "200"],
  ["some words", "200"],
  ["42", "1000"],
  ["7", "61"],
  ["7", "3"],
])("with seed %s and %s runs", (seed, runs) => {
  it("manifest and verdicts agree", async () => {
    const performed = await perform("--runs", runs, "--seed", seed);
    expect(Object.keys(performed.manifest)).toHaveLength(Number(runs));
    expect(await readBack(performed)).toEqual(performed.manifest);
  });
});

describe("without the baselines", () => {
  it("what needs them has no data, and the rest is judged the same", async () => {
    const performed = await perform("--runs", "200", "--seed", "7");
    const bare = await readBack({ ...performed, files: { ...performed.files, baselines: NO_BASELINES } });
    for (const { no_data } of Object.values(bare)) {
      expect(no_data).toEqual(expect.arrayContaining(["STEP_COUNT_INFLATION", "TURN_BURST"]));
    }
    const looping = Object.entries(performed.manifest).filter(([, { signals }]) => signals.TOOL_LOOP !== undefined);
    expect(looping.length).toBeGreaterThan(5);
    for (const [run_id, { signals }] of looping) expect(bare[run_id]?.signals.TOOL_LOOP).toBe(signals.TOOL_LOOP);
  });
});

const NO_BASELINES = JSON.stringify({
  schema: 1,
  generated_at: "2026-11-20T12:00:00.000000Z",
  window_days: 7,
  agents: {},
});
