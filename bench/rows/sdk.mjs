import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { Dunetrace } from "../../lib/index.mjs";
import { micros, race } from "../harness.mjs";
import { play, realReplay } from "../replay.mjs";

/** @returns {Promise<import("../harness.mjs").Result[]>} */
export async function sdkRows() {
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-bench-"));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What the SDK writes of these runs. Its peers write the same: the recorded lines lack the facts and the verdict that the
 * terminal lines have, and all signals. Times are per event told to the SDK, for every candidate.
 */
async function linesOf(file, replay) {
  const dt = new Dunetrace({ file });
  play(dt, replay);
  await dt.shutdown();
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Three policies that are looked at after every call and answer and never fire: facts, latest answer, all detectors. */
const POLICIES = [
  { trigger: "tool_call_count", operator: "gt", value: 1_000_000 },
  { trigger: "finish_reason", operator: "eq", value: "content_filter" },
  // No run of the bench retrieves.
  { trigger: "signal", operator: "eq", value: "RAG_EMPTY_RETRIEVAL" },
].map((condition) => ({ name: condition.trigger, condition, action: { type: "stop" } }));

async function measure(folder) {
  const replay = realReplay();
  const fileOf = (name) => path.join(folder, `${name}.ndjson`);
  const sync = new Dunetrace({ file: fileOf("sync"), writeMode: "sync", policies: POLICIES });
  const batched = new Dunetrace({ file: fileOf("batched"), writeMode: "batched", policies: POLICIES });
  const ungoverned = new Dunetrace({ file: fileOf("ungoverned"), writeMode: "batched" });
  const lines = await linesOf(fileOf("content"), replay);
  // The same content by pino: the lines as objects, ts and level by pino itself.
  const logger = pino(
    {
      base: null,
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    pino.destination({ dest: fileOf("pino"), sync: true }),
  );
  const contents = lines.map(({ ts, level, ...content }) => content);
  const empty = (name) => () => statSync(fileOf(name), { throwIfNoEntry: false }) && truncateSync(fileOf(name));
  let sink = 0;
  const units = replay.events;
  const best = race([
    { name: "sync", units, setup: empty("sync"), run: () => play(sync, replay) },
    {
      name: "pino",
      units,
      setup: empty("pino"),
      run: () => {
        for (const content of contents) logger.info(content);
      },
    },
    { name: "batched", units, setup: empty("batched"), run: () => play(batched, replay) },
    { name: "ungoverned", units, setup: empty("ungoverned"), run: () => play(ungoverned, replay) },
    {
      name: "stringify",
      units,
      run: () => {
        for (const line of lines) sink += JSON.stringify(line).length;
      },
    },
  ]);
  await sync.shutdown();
  await batched.shutdown();
  await ungoverned.shutdown();
  if (sink === 0 || statSync(fileOf("sync")).size === 0) throw new Error("nothing was written");
  for (const dt of [sync, batched, ungoverned]) if (dt.counters.faults > 0) throw new Error("the SDK had faults");
  const of = (name) => best.get(name) ?? 0;
  return [
    {
      row: "sdk",
      what: "SDK event, three policies, sync file sink, events/s",
      peer: "pino.info(obj), same content, sync file",
      value: of("pino") / of("sync"),
      unit: "×",
      bar: 1.5,
      atLeast: true,
      detail: `${micros(of("sync"))} against ${micros(of("pino"))} an event`,
    },
    {
      row: "sdk",
      what: "SDK event, three policies, batched file sink, events/s",
      peer: "JSON.stringify alone, same events",
      value: of("stringify") / of("batched"),
      unit: "×",
      bar: 0.5,
      atLeast: true,
      detail: `${micros(of("batched"))} against ${micros(of("stringify"))} an event, ${micros(of("ungoverned"))} without policies`,
    },
  ];
}
