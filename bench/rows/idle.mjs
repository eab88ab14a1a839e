import { spawnSync } from "node:child_process";
import { Dunetrace } from "../../lib/index.mjs";

const LIBRARY = new URL("../../lib/index.mjs", import.meta.url).href;

/** A fresh process: how long the import takes, and what keeps the process alive after it. */
function importOnce() {
  const script = `
    const start = performance.now();
    await import(${JSON.stringify(LIBRARY)});
    const ms = performance.now() - start;
    process.stdout.write(JSON.stringify({ ms, resources: process.getActiveResourcesInfo() }));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Heap growth over 10,000 runs in sequence, MB. */
function heapGrowth() {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error("start with node --expose-gc");
  const dt = new Dunetrace({ file: "/dev/null" });
  const once = (n) => {
    const run = dt.startRun("bench", { userInput: `question ${n}`, model: "gpt-4o", tools: ["search"] });
    for (let step = 0; step < 4; step++) {
      run.llmCalled("gpt-4o");
      run.llmResponded({ promptTokens: 100, completionTokens: 5, finishReason: "tool_calls", toolCallCount: 1 });
      run.toolCalled("search", { query: `${n}/${step}` });
      run.toolResponded("search", { output: "nothing" });
    }
    run.end({ exitReason: "final_answer" });
  };
  for (let n = 0; n < 1000; n++) once(n);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 10_000; n++) once(n);
  collect();
  return (process.memoryUsage().heapUsed - before) / 1e6;
}

/** @returns {import("../harness.mjs").Result[]} */
export function idleRows() {
  const imports = Array.from({ length: 7 }, importOnce);
  const timers = imports
    .flatMap(({ resources }) => resources)
    .filter((name) => name === "Timeout" || name === "Immediate");
  const peer = "none: an absolute bound";
  return [
    {
      row: "idle",
      what: "import of the SDK",
      peer,
      value: Math.min(...imports.map(({ ms }) => ms)),
      unit: " ms",
      bar: 30,
      atLeast: false,
      detail: "best of 7 fresh processes",
    },
    {
      row: "idle",
      what: "timers after import",
      peer,
      value: timers.length,
      unit: "",
      bar: 1,
      atLeast: false,
      detail: "before the first run",
    },
    {
      row: "idle",
      what: "heap growth over 10,000 runs",
      peer,
      value: Math.max(0, heapGrowth()),
      unit: " MB",
      bar: 5,
      atLeast: false,
      detail: "in sequence",
    },
  ];
}
