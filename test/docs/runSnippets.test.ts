import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageReply, text } from "../../src/integrations/models/testing/anthropicReplies";
import { FakeModels, type Reply } from "../../src/integrations/models/testing/fakeModels";
import { chatReply } from "../../src/integrations/models/testing/openaiReplies";
import { FakeLoki } from "../../src/sdk/testing/fakeLoki";
import { ended } from "../../src/sdk/testing/processes";
import { judgedRuns, systemRun } from "../systems/runs";
import { codeBlocks } from "./codeBlocks";

const ROOT = path.resolve(import.meta.dirname, "../..");
const PACKAGES = [
  "openai",
  "@anthropic-ai/sdk",
  "@langchain/core",
  "@langchain/langgraph",
  "@langchain/openai",
  "express",
  "fastify",
  "pino",
  "pino-loki",
];

/** A snippet that is pasted into a project as it stands, and the run that it makes of a model's answer. */
interface Pasted {
  readonly page: string;
  readonly reply: Reply;
  readonly calls: readonly string[];
}

const PASTED: readonly Pasted[] = [
  { page: "openai", reply: chatReply({ content: "CANARY" }), calls: ["llm gpt-4o 111/22 stop"] },
  { page: "langchain", reply: chatReply({ content: "CANARY" }), calls: ["llm gpt-4o 111/22 stop"] },
  { page: "anthropic", reply: messageReply([text("CANARY")]), calls: ["llm claude-sonnet-5 1125/33 stop"] },
];

/** Snippets that go on, by their place on the page. */
const SERVERS = [
  { page: "express", at: 0 },
  { page: "fastify", at: 0 },
  { page: "http", at: 1 },
] as const;
const DEADLINE_MS = 20_000;

/** A port of loopback that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  server.close();
  await once(server, "close");
  return address.port;
}

/** Asks until there is an answer, or the deadline is over. */
async function until<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

describe("the first snippet of an integration", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-snippets-"));
  const models = new FakeModels();
  const loki = new FakeLoki();
  let lokiUrl = "";
  beforeAll(async () => {
    await models.listen();
    lokiUrl = await loki.listen();
    const modules = path.join(folder, "node_modules");
    for (const name of PACKAGES) {
      mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
      symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name));
    }
    symlinkSync(ROOT, path.join(modules, "dunetrace-grafana"));
  });
  afterAll(async () => {
    await models.close();
    await loki.close();
    rmSync(folder, { recursive: true });
  });

  function start(page: string, at: number, change: (code: string) => string = (code) => code): ChildProcess {
    const blocks = codeBlocks().filter((block) => block.document === `docs/integrations/${page}.md`);
    const code = blocks.filter(({ language }) => language === "ts")[at]?.code ?? "";
    writeFileSync(path.join(folder, `${page}.mjs`), change(code));
    const env = {
      OPENAI_API_KEY: "none",
      OPENAI_BASE_URL: `${models.url}/v1`,
      ANTHROPIC_API_KEY: "none",
      ANTHROPIC_BASE_URL: models.url,
    };
    return spawn(process.execPath, [`${page}.mjs`], { cwd: folder, env });
  }

  async function paste(...what: Parameters<typeof start>): Promise<string> {
    const { code, stdout, stderr } = await ended(start(...what));
    expect(code, stderr).toBe(0);
    expect(stderr).toBe("");
    return stdout;
  }

  /** The lines in the file of the snippets, which goes. */
  function takeLines(): string {
    const lines = readFileSync(path.join(folder, "runs.ndjson"), "utf8");
    rmSync(path.join(folder, "runs.ndjson"));
    expect(lines).not.toContain("CANARY");
    return lines;
  }

  it.each(PASTED)("of $page runs as it stands", async ({ page, reply, calls }) => {
    models.answer(reply);
    const stdout = await paste(page, 0);
    expect(stdout).not.toBe("");
    const lines = takeLines();
    expect(lines).not.toContain("capital");
    expect(judgedRuns(lines).map(systemRun)).toMatchObject([
      { agent_id: "support", exit_reason: "final_answer", calls },
    ]);
  });

  it.each(SERVERS)("of $page serves as it stands", async ({ page, at }) => {
    const port = await freePort();
    const child = start(page, at, (code) => code.replace("3000", `${port}`));
    const closed = once(child, "close");
    const request = { method: "POST", headers: { "content-type": "application/json" }, body: '{"question":"CANARY"}' };
    try {
      // As soon as it listens; the run ends when the server knows that its answer is out.
      const answer = await until(async () => (await fetch(`http://127.0.0.1:${port}/chat`, request)).text());
      expect(answer).toContain("You asked");
      await until(async () =>
        expect(readFileSync(path.join(folder, "runs.ndjson"), "utf8")).toContain("run.completed"),
      );
    } finally {
      child.kill();
      await closed;
    }
    expect(judgedRuns(takeLines()).map(systemRun)).toMatchObject([
      { agent_id: "support", exit_reason: "final_answer" },
    ]);
  });

  it("of pino puts the run among the lines of the application", async () => {
    const lines = (await paste("pino", 0)).trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ msg: "The desk opens." });
    expect(judgedRuns(lines.slice(1).join("\n")).map(systemRun)).toMatchObject([{ calls: ["tool search"] }]);
  });

  it("and the one of pino-loki pushes it", async () => {
    await paste("pino", 1, (code) => code.replace("http://localhost:3100", lokiUrl));
    expect(judgedRuns(loki.lines.join("\n")).map(systemRun)).toMatchObject([{ exit_reason: "final_answer" }]);
    expect(loki.received[0]?.headers["x-scope-orgid"]).toBe("team-a");
  });
});
