import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import OpenAI from "openai";
import { Dunetrace } from "../../lib/index.mjs";
import { instrumentOpenAI } from "../../lib/openai.mjs";
import { micros } from "../harness.mjs";

const CALLS = 100;
const ROUNDS = 40;
const WARM_UP = 15;
const PIECES = 50;
const REQUEST = { model: "gpt-4o", messages: [{ role: "user", content: "x".repeat(2000) }] };
const HEAD = { id: "chatcmpl-1", created: 1_795_168_800, model: "gpt-4o-2024-08-06" };
const USAGE = { prompt_tokens: 500, completion_tokens: 100, total_tokens: 600 };

const whole = JSON.stringify({
  ...HEAD,
  object: "chat.completion",
  choices: [{ index: 0, message: { role: "assistant", content: "x".repeat(400) }, finish_reason: "stop" }],
  usage: USAGE,
});

function eventsOf() {
  const piece = (delta, finish_reason, more) => ({
    ...HEAD,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
    ...more,
  });
  const pieces = Array.from({ length: PIECES }, () => piece({ content: "x".repeat(8) }, null));
  const all = [...pieces, piece({}, "stop", { usage: USAGE })];
  return `${all.map((data) => `data: ${JSON.stringify(data)}\n\n`).join("")}data: [DONE]\n\n`;
}

const streamed = eventsOf();

/** Answers at once and without a network, so that what is left is the package and the SDK. */
async function answer(_url, { body }) {
  const isStream = JSON.parse(body).stream === true;
  const headers = { "content-type": isStream ? "text/event-stream" : "application/json" };
  return new Response(isStream ? streamed : whole, { headers });
}

/**
 * What an instrumented call of a model costs on top of the call itself, in runs with a batched file sink.
 *
 * @returns {Promise<import("../harness.mjs").Result[]>}
 */
export async function llmCallRows() {
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-bench-"));
  const file = path.join(folder, "runs.ndjson");
  const dt = new Dunetrace({ file, writeMode: "batched" });
  const openai = new OpenAI({ apiKey: "none", fetch: answer });
  const asks = {
    chat: () => openai.chat.completions.create(REQUEST),
    stream: async () => {
      for await (const piece of await openai.chat.completions.create({ ...REQUEST, stream: true })) void piece;
    },
  };
  try {
    const found = {};
    for (const [name, ask] of Object.entries(asks)) found[name] = await inTurn(dt, ask);
    await dt.shutdown();
    if (dt.counters.faults > 0 || statSync(file).size === 0) throw new Error("the calls were not told");
    return [
      row("LLM call, instrumented", found.chat),
      row(`LLM call, instrumented, ${PIECES} streamed pieces`, found.stream),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** µs a call of the best round, without and with instrumentation, which take turns. */
async function inTurn(dt, ask) {
  const best = { plain: Number.POSITIVE_INFINITY, told: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const plain = await timed(ask);
    const { unpatch } = instrumentOpenAI(OpenAI);
    const told = await dt.run("bench", () => timed(ask));
    unpatch();
    if (round < WARM_UP) continue;
    best.plain = Math.min(best.plain, plain);
    best.told = Math.min(best.told, told);
  }
  return best;
}

async function timed(ask) {
  const start = performance.now();
  for (let at = 0; at < CALLS; at++) await ask();
  return ((performance.now() - start) * 1000) / CALLS;
}

/** @returns {import("../harness.mjs").Result} */
function row(what, { plain, told }) {
  return {
    row: "llmCall",
    what,
    peer: "the same call of openai without it, answered without a network",
    value: told / plain,
    unit: "×",
    bar: 2,
    atLeast: false,
    detail: `${micros(told)} against ${micros(plain)} a call: ${micros(told - plain)} more`,
  };
}
