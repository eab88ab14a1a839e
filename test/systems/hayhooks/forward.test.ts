import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, type TestContext, vi } from "vitest";
import { chatReply } from "../../../src/integrations/models/testing/openaiReplies";
import type { Environment } from "../../python/virtualEnvironment";
import { pythonOf, systemEnvironment } from "../environment";
import { judgedRuns, systemRun } from "../runs";
import { System } from "../system";
import { Relay } from "./relay";
import { post } from "./requests";
import { Service } from "./service";

const CLI = join(import.meta.dirname, "../../../lib/cli.mjs");
if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");
const INSTALL_MS = 400_000;

const folder = mkdtempSync(join(tmpdir(), "dunetrace-forward-"));
const file = join(folder, "runs.ndjson");
let environment: Environment = { unavailable: "hayhooks-2" };
let collector: ChildProcess | undefined;
let collectorUrl = "";
let service: Service | undefined;
let system: System;
/** Between Hayhooks and the collector, and where the collector passes on to. */
const sent = new Relay(() => collectorUrl);
const passedOn = new Relay();

beforeAll(async () => {
  environment = await systemEnvironment("hayhooks-2");
  if (!("python" in environment)) return;
  system = await System.start();
  await Promise.all([sent.open(), passedOn.open()]);
  collectorUrl = await startCollector();
  const answer = chatReply({ content: "CANARY-answer" });
  system.models.answerBelow("summary", answer, answer);
  service = await Service.start(environment.python, system, {
    environment: {
      SLOW_URL: system.models.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: sent.url,
      OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
      HAYSTACK_CONTENT_TRACING_ENABLED: "false",
    },
  });
}, INSTALL_MS);
afterAll(async () => {
  await Service.stopAll();
  await stopCollector();
  await Promise.all([sent.close(), passedOn.close(), system?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** @returns its base URL, as it prints it */
async function startCollector(): Promise<string> {
  const args = [CLI, "collect", "--listen", "127.0.0.1:0", "--file", file, "--forward", passedOn.url];
  const started = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "ignore", "pipe"],
  });
  collector = started;
  let said = "";
  started.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return vi.waitFor(
    () => {
      const [, url] = /Collecting on (\S+?),/.exec(said) ?? [];
      if (url === undefined) throw new Error(`the collector does not listen: ${said}`);
      return url;
    },
    { timeout: 60_000, interval: 50 },
  );
}

async function stopCollector(): Promise<number | null> {
  const running = collector;
  collector = undefined;
  if (running === undefined || running.exitCode !== null) return running?.exitCode ?? null;
  const exited = new Promise<number | null>((resolve) => running.once("exit", resolve));
  running.kill("SIGTERM");
  return exited;
}

const serviceOf = (context: TestContext): Service => {
  pythonOf(environment, context);
  if (service === undefined) throw new Error("Hayhooks did not start");
  return service;
};
const linesWith = (text: string): number => {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.filter((line) => line.includes(text)).length;
};
const forwarded = async (): Promise<number> => {
  const metrics = await (await fetch(`${collectorUrl}/metrics`)).text();
  return Number(/dunetrace_forwarded_total\{result="forwarded"\} (\d+)/.exec(metrics)?.[1] ?? 0);
};
const soon = { timeout: 60_000, interval: 100 };

it("passes every request of Hayhooks on as it came, byte for byte", async (context) => {
  const { url } = serviceOf(context);
  expect((await post(`${url}/summary/run`, { text: "CANARY-text" })).status).toBe(200);
  await vi.waitFor(() => expect(linesWith('"run.completed"')).toBe(1), soon);
  await vi.waitFor(() => expect(passedOn.received).toHaveLength(sent.received.length), soon);
  expect(passedOn.received).toEqual(sent.received);
  expect(new Set(sent.received.map(({ path, type, encoding }) => `${path} ${type} ${encoding}`))).toEqual(
    new Set(["/v1/traces application/x-protobuf gzip"]),
  );
  // The counter follows the answer.
  await vi.waitFor(async () => expect(await forwarded()).toBe(sent.received.length), soon);
});

it("keeps requests while the other side is away, and does not hold up the sender", async (context) => {
  const { url } = serviceOf(context);
  await passedOn.close();
  const before = passedOn.received.length;
  expect((await post(`${url}/summary/run`, { text: "CANARY-text" })).status).toBe(200);
  // The run is whole and written before anything could be passed on.
  await vi.waitFor(() => expect(linesWith('"run.completed"')).toBe(2), soon);
  expect(passedOn.received).toHaveLength(before);
  await passedOn.open();
  await vi.waitFor(() => expect(passedOn.received).toHaveLength(sent.received.length), soon);
  expect(passedOn.received).toEqual(sent.received);
  await vi.waitFor(async () => expect(await forwarded()).toBe(sent.received.length), soon);
});

it("made runs of what it passed on, without content tracing without what only that tells", async (context) => {
  serviceOf(context);
  expect(await stopCollector()).toBe(0);
  const text = readFileSync(file, "utf8");
  const runs = judgedRuns(text);
  expect(runs.map(systemRun)).toEqual(
    Array(2).fill({
      agent_id: "summary",
      exit_reason: "completed",
      model: undefined,
      calls: ["llm ? ?/? ?"],
      signals: {},
    }),
  );
  expect(runs[0]?.no_data).toContain("COST_SPIKE");
  expect(text).not.toContain("CANARY");
});
