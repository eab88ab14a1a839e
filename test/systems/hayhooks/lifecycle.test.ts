import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, type TestContext, vi } from "vitest";
import { chatReply } from "../../../src/integrations/models/testing/openaiReplies";
import type { Environment } from "../../python/virtualEnvironment";
import { pythonOf, systemEnvironment } from "../environment";
import { systemRun } from "../runs";
import { System } from "../system";
import { record } from "./record";
import { abandon, chatOf, post } from "./requests";
import { Service } from "./service";
import { SlowModel } from "./slowModel";

const execute = promisify(execFile);
const INSTALL_MS = 400_000;
/** Of a test that starts a server. */
const START_MS = 180_000;
const SOURCE = readFileSync(join(import.meta.dirname, "pipelines/broken/pipeline_wrapper.py"), "utf8");
const CLIENT = join(import.meta.dirname, "programs/mcp_client.py");
/** Of the 14 traces of the client: what makes the connection, every redirect to `/mcp/`, the list, a tool of Hayhooks itself. */
const NO_RUNS = 11;
const ANSWERED = "llm gpt-4o-2024-08-06 111/22 stop";

let environment: Environment = { unavailable: "hayhooks-2" };
let system: System;
let slow: SlowModel;
let service: Service | undefined;

beforeAll(async () => {
  environment = await systemEnvironment("hayhooks-2");
  if (!("python" in environment)) return;
  system = await System.start();
  slow = await SlowModel.start();
  // It sends a span for each piece of an answer too.
  const more = { SLOW_URL: slow.url, HAYHOOKS_TRACING_EXCLUDED_SPANS: "[]" };
  service = await Service.start(environment.python, system, { environment: more });
}, INSTALL_MS);
afterAll(async () => {
  await Service.stopAll();
  await slow?.close();
  await system?.close();
});

function serviceOf(context: TestContext): Service {
  pythonOf(environment, context);
  if (service === undefined) throw new Error("Hayhooks did not start");
  return service;
}

/** Waits until what the collector has counted is so. */
async function counted(check: (counts: { deploys: number; runs: number; spans: number }) => void): Promise<void> {
  await vi.waitFor(
    () => {
      system.collector.tick();
      const { counters, traces } = system.collector;
      check({ deploys: counters.deploys, runs: counters.runs, spans: traces.spans });
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** The deployments in lines, as `rag deploy true`. */
const deploysIn = (text: string): string[] =>
  [...text.matchAll(/"agent_id":"([^"]+)".*?"action":"(\w+)","success":(\w+)/g)].map((found) =>
    found.slice(1).join(" "),
  );

it("marks what is deployed and undeployed over HTTP, once each, and failures as such", async (context) => {
  const { url } = serviceOf(context);
  await counted(({ deploys }) => expect(deploys).toBe(9));
  system.take();
  const files = (source: string) => ({ files: { "pipeline_wrapper.py": source }, save_files: true, overwrite: false });
  expect((await post(`${url}/deploy_files`, { name: "added", ...files(SOURCE) })).status).toBe(200);
  await counted(({ deploys }) => expect(deploys).toBe(10));
  expect((await post(`${url}/deploy_files`, { name: "bad", ...files("raise ValueError('CANARY')") })).status).toBe(422);
  await counted(({ deploys }) => expect(deploys).toBe(11));
  expect((await post(`${url}/undeploy/added`, {})).status).toBe(200);
  await counted(({ deploys }) => expect(deploys).toBe(12));
  const { runs, text } = system.take();
  expect(runs).toEqual([]);
  expect(deploysIn(text)).toEqual(["added deploy true", "bad deploy false", "added undeploy true"]);
  expect(text).not.toContain("CANARY");
});

it("makes one run of a stream whose reader went away while the pipeline went on", async (context) => {
  const { url } = serviceOf(context);
  const before = system.collector.traces.spans;
  await abandon(`${url}/v1/chat/completions`, chatOf("slow", { stream: true }));
  slow.goOn();
  // The request ends with the next piece, which nobody takes; the pipeline has long to go.
  const pieces = 5;
  await counted(({ spans }) => expect(spans).toBeGreaterThan(before + pieces));
  expect(system.collector.counters.runs).toBe(0);
  slow.finish();
  const atRequest = system.collector.traces.spans;
  await counted(({ spans }) => expect(spans).toBeGreaterThanOrEqual(atRequest + 2));
  const { runs, text } = system.take();
  expect(runs.map(systemRun)).toEqual([
    {
      // The span that names the pipeline comes when Python clears the stream away, if it does.
      agent_id: expect.stringMatching(/^(?:hayhooks|slow)$/),
      exit_reason: "aborted",
      model: "gpt-4o-2024-08-06",
      calls: ["llm gpt-4o-2024-08-06 ?/? stop"],
      signals: {},
    },
  ]);
  expect(text).not.toContain("CANARY");
});

it("takes a cancelled coroutine for aborted, not for failed", async (context) => {
  const { url } = serviceOf(context);
  const before = system.collector.counters.runs;
  await abandon(`${url}/v1/chat/completions`, chatOf("slow_async", { stream: true }));
  await counted(({ runs }) => expect(runs).toBe(before + 1));
  slow.finish();
  const { runs, text } = system.take();
  expect(runs.map(systemRun)).toEqual([
    { agent_id: "slow_async", exit_reason: "aborted", model: undefined, calls: ["llm ? ?/? ?"], signals: {} },
  ]);
  expect(runs[0]?.run.kind).toBe("openai");
  expect(text).not.toContain("CANARY");
});

it(
  "makes runs of the tool calls of an MCP client, and of nothing else of its handshake",
  async (context) => {
    const python = pythonOf(environment, context);
    const answer = chatReply({ content: "CANARY-answer" });
    system.models.answerBelow("summary", answer);
    system.models.answerBelow("knowledge", answer);
    // Nothing of the other server comes in between.
    await service?.stop();
    service = undefined;
    const { spans: idle } = system.collector.traces;
    const mcp = await Service.start(python, system, { command: ["mcp", "run"], environment: { SLOW_URL: slow.url } });
    try {
      // The question whether it is ready, and the pieces of its answer: Starlette's instrumentation leaves none out.
      await counted(({ spans }) => expect(spans).toBeGreaterThanOrEqual(idle + 3));
      system.take();
      const { runs: earlier, traces_without_run: without } = system.collector.counters;
      const { stdout } = await execute(python, ["-B", CLIENT, `${mcp.url}/mcp`]);
      expect(stdout.split("\n").slice(1, 5)).toEqual([
        "summary answered",
        "knowledge answered",
        "broken failed",
        "get_all_pipeline_statuses answered",
      ]);
      await counted(({ runs }) => expect(runs).toBe(earlier + 3));
      await vi.waitFor(() => expect(system.collector.traces.open).toBe(NO_RUNS), { timeout: 60_000, interval: 100 });
      const { runs, text } = system.take();
      const answered = { exit_reason: "final_answer", model: "gpt-4o-2024-08-06" };
      expect(runs.map(systemRun)).toEqual([
        { agent_id: "summary", ...answered, calls: [ANSWERED], signals: {} },
        {
          agent_id: "knowledge",
          ...answered,
          calls: ["retrieval retriever 0", ANSWERED],
          signals: { RAG_EMPTY_RETRIEVAL: "MEDIUM" },
        },
        {
          agent_id: "broken",
          exit_reason: "error",
          model: undefined,
          calls: [],
          signals: { FIRST_STEP_FAILURE: "MEDIUM" },
        },
      ]);
      expect(runs.map(({ run }) => run.kind)).toEqual(["mcp", "mcp", "mcp"]);
      expect(text).toMatch(/"event_type":"run\.errored".*"error_type":"[\w.]*LedgerClosed"/);
      expect(text).not.toContain("CANARY");
      expect(system.collector.counters.traces_without_run).toBe(without + NO_RUNS);
      record("mcp", text);
    } finally {
      await mcp.stop();
    }
  },
  START_MS,
);
