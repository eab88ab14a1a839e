import { mkdirSync } from "node:fs";
import path from "node:path";
import { Dunetrace } from "../../lib/index.mjs";
import { percentile } from "./asking.mjs";
import { startPromtail } from "./programs.mjs";

const RUNS = 20;
const PATIENCE_MS = 30_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * From the SDK's write through Promtail with the shipped configuration to a query that sees it.
 *
 * @returns {Promise<import("../harness.mjs").Result | undefined>} undefined without a Promtail
 */
export async function emitRow(folder, lokiUrl) {
  const logs = path.join(folder, "agents");
  mkdirSync(logs);
  const promtail = await startPromtail(logs, lokiUrl);
  if (promtail === undefined) {
    console.log("Promtail is not there (npm run loki:build): emit to queryable is not measured.");
    return undefined;
  }
  const dt = new Dunetrace({ file: path.join(logs, "agents.ndjson"), writeMode: "sync" });
  const agent = `bench-${process.pid}`;
  try {
    const times = [];
    // The first one also waits until Promtail has found the file.
    for (let at = 0; at <= RUNS; at++) {
      const run = dt.startRun(agent, { userInput: `question ${at}`, model: "gpt-4o" });
      run.llmCalled("gpt-4o");
      run.llmResponded({ promptTokens: 100, completionTokens: 5, finishReason: "stop", output: "answer" });
      run.end({ exitReason: "final_answer" });
      const start = performance.now();
      await seen(lokiUrl, agent, at + 1);
      if (at > 0) times.push(performance.now() - start);
      await pause(100 + ((at * 137) % 500));
    }
    return {
      row: "loki",
      what: "emit → queryable, p95",
      peer: "none: an absolute bound",
      value: percentile(times, 0.95),
      unit: " ms",
      bar: 1500,
      atLeast: false,
      detail: `p50 ${percentile(times, 0.5).toFixed(0)} ms, most ${Math.max(...times).toFixed(0)} ms of ${RUNS} runs, SDK file → Promtail → Loki`,
    };
  } finally {
    await dt.shutdown();
    await promtail.stop();
  }
}

/** Waits until so many runs of the agent have their terminal line in Loki. */
async function seen(lokiUrl, agent, runs) {
  const query = encodeURIComponent(`{agent_id="${agent}", event_type="run.completed"}`);
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    const answer = await fetch(`${lokiUrl}/loki/api/v1/query_range?query=${query}&limit=1000`);
    const { data } = await answer.json();
    if (data.result.reduce((sum, { values }) => sum + values.length, 0) >= runs) return;
    if (Date.now() > deadline) throw new Error(`run ${runs} was not in Loki after ${PATIENCE_MS} ms`);
    await pause(10);
  }
}
