import { describe, expect, it } from "vitest";
import { inFolder, objectsOf, outcome, type Performed, readBack, recordOf, start } from "./performance";

/** Plays a live demo on a clock of its own, in steps of so many ms. */
async function play(args: readonly string[], { steps, stepMs, closedAfter = Number.POSITIVE_INFINITY }: Playing) {
  return inFolder(async (folder) => {
    const { io, ended } = start(folder, ["--live", ...args], { closedAfter });
    let isOver = false;
    const over = ended.finally(() => {
      isOver = true;
    });
    // The first run begins at once; until then files are written, which takes real time.
    while (io.stdout.writes === 0 && !isOver) await io.settle();
    for (let step = 0; step < steps && !isOver; step++) await io.tick(stepMs);
    if (!isOver) io.interrupt();
    expect(await over).toBe(0);
    const performed = outcome(folder, io);
    return { performed, seconds: secondsOf(performed) };
  });
}

/** From the first line to the last. */
function secondsOf({ lines }: Performed): number {
  const times = objectsOf(lines).map(({ ts }) => Date.parse(String(ts)));
  return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
}

interface Playing {
  readonly steps: number;
  readonly stepMs: number;
  readonly closedAfter?: number;
}

/** Answers that say their call took longer than the run had lasted by then, as `run_id event_type latency_ms`. */
function impossible(lines: string): string[] {
  const starts = new Map<unknown, number>();
  const found: string[] = [];
  for (const { run_id, ts, event_type, payload } of objectsOf(lines)) {
    const time = Date.parse(String(ts));
    if (event_type === "run.started") starts.set(run_id, time);
    const { latency_ms = 0, facts } = recordOf(payload);
    const elapsed = time - (starts.get(run_id) ?? time);
    if (Number(latency_ms) > elapsed) found.push(`${run_id} ${event_type} ${latency_ms} of ${elapsed}`);
    if (facts === undefined) continue;
    const { slowest_tool_ms = 0, slowest_llm_ms = 0, duration_ms } = recordOf(facts);
    if (Math.max(Number(slowest_tool_ms), Number(slowest_llm_ms)) > Number(duration_ms)) found.push(`${run_id} facts`);
  }
  return found;
}

/** The lines of runs that the manifest names: those cut off by the interrupt have no verdict. */
function played({ lines, manifest, ...rest }: Performed): Performed {
  const kept = lines.split("\n").filter((line) => line !== "" && String(objectsOf(line)[0]?.run_id) in manifest);
  return { ...rest, manifest, lines: `${kept.join("\n")}\n` };
}

describe("the live demo", () => {
  it("plays so many runs, at the rate it is told, and ends", async () => {
    const { performed, seconds } = await play(["--runs", "150", "--rate", "60", "--seed", "7"], {
      steps: 9000,
      stepMs: 50,
    });
    expect(Object.keys(performed.manifest)).toHaveLength(150);
    expect(seconds).toBeGreaterThan(120);
    expect(seconds).toBeLessThan(220);
    expect(performed.lines.match(/"latency_ms":/g)?.length).toBeGreaterThan(500);
    expect(impossible(performed.lines)).toEqual([]);
    expect(await readBack(performed)).toEqual(performed.manifest);
    expect(performed.stderr).toBe("Played 150 runs of 10 agents\n");
  });

  it("shows a loop within seconds", async () => {
    const { performed, seconds } = await play(["--seed", "3"], { steps: 160, stepMs: 50 });
    expect(seconds).toBeLessThan(9);
    const signals = objectsOf(performed.lines).filter(({ event_type }) => event_type === "signal.detected");
    expect(JSON.stringify(signals[0])).toContain('"TOOL_LOOP"');
  });

  it("goes on until it is interrupted, and its manifest names the runs that were played", async () => {
    const { performed } = await play(["--rate", "120"], { steps: 1200, stepMs: 50 });
    expect(Object.keys(performed.manifest).length).toBeGreaterThan(60);
    expect(await readBack(played(performed))).toEqual(performed.manifest);
  });

  it("ends when nobody reads any more", async () => {
    const { performed, seconds } = await play(["--rate", "120"], { steps: 1200, stepMs: 50, closedAfter: 40 });
    expect(seconds).toBeLessThan(30);
    expect(Object.keys(performed.manifest).length).toBeGreaterThan(0);
  });

  it("plays fewer runs where no scenario has so few", async () => {
    const { performed } = await play(["--agents", "hotel-search", "--runs", "5"], { steps: 2000, stepMs: 50 });
    expect(Object.keys(performed.manifest)).toHaveLength(3);
  });
});
