import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { exampleFolders, exampleRuns, startExample } from "./exampleRuns";
import { EXAMPLES } from "./exampleTable";
import { objectsOf, parseRuns } from "./performance";

const FOLDER = join(import.meta.dirname, "../../examples");
const read = (path: string): string => readFileSync(join(FOLDER, path), "utf8");

/** The lines of output that the page of an example shows. */
function outputOf(name: string): string[] {
  const blocks = [...read(`${name}/README.md`).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, language, text = ""]) => (language === "" ? text.trimEnd().split("\n") : []));
}

describe("the examples", () => {
  it("are all tested, with those in Python that test/demo/pythonExample.test.ts and test/systems run", () => {
    const python = ["python", "haystack", "hayhooks", "openllmetry", "openinference"];
    expect(exampleFolders()).toEqual([...Object.keys(EXAMPLES), ...python].sort());
  });

  it.each(exampleFolders())("%s has a page, which is in the list and says how to start it", (name) => {
    expect(read("README.md")).toContain(`| [${name}](${name}/README.md) |`);
    const page = read(`${name}/README.md`);
    expect(page).toMatch(new RegExp(`^# ${name}: `));
    if (existsSync(join(FOLDER, name, "main.ts"))) expect(page).toContain(`node examples/run.mjs ${name} |`);
  });

  it.each(Object.entries(EXAMPLES))("%s shows what it says", async (name, { runs, content, says, others = 0 }) => {
    const { stdout, stderr } = await startExample(name);
    if (says === undefined) expect(stderr.toLowerCase()).not.toContain("error");
    else expect(stderr).toContain(says);
    expect(stdout.toLowerCase()).not.toContain(content);
    expect(exampleRuns(stdout)).toEqual(runs);

    const lines = objectsOf(stdout).filter(({ logger }) => logger === "dunetrace");
    expect(objectsOf(stdout)).toHaveLength(lines.length + others);
    const stdin = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    const list = async (...options: string[]): Promise<string> => {
      const io = new FakeIo({ stdin, terminal: { columns: 200, rows: 50 } });
      expect(await main(["runs", "-", ...options], io)).toBe(0);
      expect(io.stderr.text).toBe("");
      return io.stdout.text;
    };
    // Also compares the recorded facts with those of the events.
    expect(Object.keys(parseRuns(await list("--format", "ndjson")))).toHaveLength(runs.length);
    const shown = `${await list("--no-color")}${stderr}`;
    for (const line of outputOf(name)) expect(shown).toContain(line);
  });

  it("name themselves when another one is asked for", async () => {
    const names = Object.keys(EXAMPLES).sort().join("|");
    await expect(startExample("nothing")).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(names) });
  });
});
