import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { ACTION_TYPES, parsePolicies, TRIGGERS } from "../../src/core/policies";
import { RecordedClient } from "../../src/sdk/testing/record";
import { judgedRuns } from "../systems/runs";
import { PLAYS } from "./moments";

const ROOT = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(ROOT, "docs/policies.md"), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter((one) => one[1] === language)
    .map(([, , code = ""]) => code);
/** Cells of the table rows that begin with a name in code. */
const rows = [...page.matchAll(/^\| `(\w+)` \|(.+)\|$/gm)].map(([, name, rest = ""]) => ({
  name,
  cells: rest.split(" | ").map((cell) => cell.trim()),
}));
const namesIn = (cell = ""): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);

const folder = mkdtempSync(join(tmpdir(), "dunetrace-policies-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs a snippet as it stands, against the sources, in a folder of its own. */
async function runSnippet(
  at: number,
): Promise<{ readonly said: string[]; readonly lines: string; readonly made: object }> {
  const file = join(folder, `snippet${at}.ts`);
  const lines = join(folder, `runs${at}.ndjson`);
  const sdk = JSON.stringify(join(ROOT, "src/sdk/index.ts"));
  const code = (blocks("ts")[at] ?? "")
    .replace('"dunetrace-grafana"', sdk)
    .replace('"runs.ndjson"', JSON.stringify(lines));
  writeFileSync(file, `export {};\n${code}`);
  const said: string[] = [];
  vi.spyOn(console, "error").mockImplementation((text: unknown) => void said.push(String(text)));
  const made: object = await import(pathToFileURL(file).href);
  return { said, lines: code.includes(lines) ? readFileSync(lines, "utf8") : "", made };
}

describe("docs/policies.md", () => {
  it("stops a loop as it says", async () => {
    const { said, lines } = await runSnippet(0);
    expect(said).toEqual(["no loops: The agent searches in circles."]);
    const [run] = judgedRuns(lines);
    expect(run?.run).toMatchObject({ exit_reason: "policy_violation", facts: { tool_calls: 3 } });
    expect(run?.run.steps.map(({ answered }) => answered)).toEqual([true, true, false]);
    expect(lines).not.toContain("circles");
  });

  it("lets a violation through a loop that catches errors", async () => {
    const { said, lines } = await runSnippet(1);
    expect(said).toEqual(["few calls"]);
    expect(judgedRuns(lines)[0]?.run.facts.tool_calls).toBe(6);
  });

  it("reads what policies want in prepareStep", async () => {
    const { made } = await runSnippet(2);
    const prepareStep: unknown = Reflect.get(made, "prepareStep");
    if (typeof prepareStep !== "function") throw new Error("the snippet makes no prepareStep");
    const { dt } = new RecordedClient();
    const condition = { trigger: "step_count", operator: "gte", value: 1 };
    dt.addPolicy({ name: "m", condition, action: { type: "switch_model", params: { model: "small" } } });
    dt.addPolicy({ name: "p", condition, action: { type: "inject_prompt", params: { prompt: "Be brief." } } });
    const found = dt.run("agent", (run) => {
      run.toolCalled("search");
      return [prepareStep(), prepareStep()];
    });
    expect(found).toEqual([{ model: "small", system: "Be brief." }, { model: "small" }]);
  });

  it("has a file that is read, with every action, and every key explained", () => {
    const [text = ""] = blocks("json");
    const document: { policies: object[] } = JSON.parse(text);
    const policies = parsePolicies(document, "docs/policies.md");
    expect(new Set(policies.map(({ action }) => action.type))).toEqual(new Set(ACTION_TYPES));
    const explained = rows.map(({ name }) => name);
    for (const key of document.policies.flatMap((policy) => Object.keys(policy))) expect(explained).toContain(key);
  });

  it("lists every trigger with its operators, and every action", () => {
    for (const trigger of TRIGGERS) {
      const row = rows.find(({ name }) => name === trigger);
      expect(namesIn(row?.cells[1])).toEqual(PLAYS[trigger].operators);
    }
    for (const action of ACTION_TYPES) expect(rows.map(({ name }) => name)).toContain(action);
  });
});
