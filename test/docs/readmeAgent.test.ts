import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { codeBlocks } from "./codeBlocks";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-readme-"));

/** What the README leaves to the reader: an agent, its tool and a model client. */
const SURROUNDINGS = `
const question = "What is the capital of France?";
const messages = [{ role: "user", content: question }];
const webSearch = async (query) => \`results for \${query}\`;
const openai = { chat: { completions: { create: async () => ({
  model: "gpt-4o-2024-08-06",
  choices: [{ message: { content: "Paris" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 21, completion_tokens: 3 },
}) } } };
const agent = { ask: async () => { const run = getCurrentRun(); await inside(run); return "Paris"; } };
`;

describe("the agent of the README", () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it("writes the lines it promises", () => {
    const [main = "", calls = ""] = codeBlocks()
      .filter(({ document, language }) => document === "README.md" && language === "ts")
      .map(({ code }) => code);
    mkdirSync(path.join(folder, "node_modules"));
    symlinkSync(ROOT, path.join(folder, "node_modules/dunetrace-grafana"));
    const [imports = "", ...rest] = main.split("\n\n");
    const [construction = "", ...body] = rest.join("\n\n").split("\n");
    const program = [
      imports.replace("{ Dunetrace }", "{ Dunetrace, getCurrentRun }"),
      SURROUNDINGS,
      construction,
      `async function inside(run) {\n${calls}\nawait search("capital of France");\n}`,
      ...body,
      "await dt.shutdown();",
    ].join("\n");
    writeFileSync(path.join(folder, "agent.mjs"), program);
    const { stdout, stderr, status } = spawnSync(process.execPath, ["agent.mjs"], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.event_type)).toEqual([
      "run.started",
      "llm.called",
      "llm.responded",
      "tool.called",
      "tool.responded",
      "run.completed",
    ]);
    expect(lines[2].payload).toMatchObject({ prompt_tokens: 21, completion_tokens: 3, finish_reason: "stop" });
    expect(lines[3].payload.tool_name).toBe("webSearch");
    expect(lines.at(-1).payload).toMatchObject({ exit_reason: "final_answer", tool_call_count: 1 });
    expect(stdout).not.toMatch(/France|Paris/);
  });
});
