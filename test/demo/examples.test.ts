import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { parseRuns } from "./performance";

const execute = promisify(execFile);
const ROOT = join(import.meta.dirname, "../..");

interface Example {
  readonly runs: readonly object[];
  readonly content: string;
  /** How its runs end. Default: `completed`. */
  readonly status?: string;
  /** What looks like an error on stderr and belongs there. */
  readonly says?: string;
}

/** What each example's runs show, and a word of their content. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  "ai-sdk-agent": { runs: [{ TOOL_LOOP: "HIGH" }], content: "museum open" },
  "langchain-agent": {
    runs: [{ TOOL_LOOP: "HIGH" }],
    content: "museum open",
    status: "errored",
    says: "Error in handler",
  },
  "loop-agent": { runs: [{ TOOL_LOOP: "HIGH" }], content: "museum open" },
  "rag-agent": { runs: [{}, { RAG_EMPTY_RETRIEVAL: "MEDIUM" }], content: "remote work" },
};

describe("the examples", () => {
  it("are all tested", () => {
    const folders = readdirSync(join(ROOT, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(EXAMPLES).sort());
  });

  it.each(Object.entries(EXAMPLES))(
    "%s shows what it says",
    async (name, { runs, content, status: expected = "completed", says }) => {
      const { stdout, stderr } = await execute(process.execPath, [join(ROOT, "examples/run.mjs"), name]);
      if (says === undefined) expect(stderr.toLowerCase()).not.toContain("error");
      else expect(stderr).toContain(says);
      expect(stdout.toLowerCase()).not.toContain(content);

      const io = new FakeIo({ stdin: stdout });
      expect(await main(["runs", "-", "--format", "ndjson"], io)).toBe(0);
      expect(io.stderr.text).toBe("");
      // The list has the newest run first.
      const read = Object.values(parseRuns(io.stdout.text)).reverse();
      expect(read.map(({ status, signals }) => ({ status, signals }))).toEqual(
        runs.map((signals) => ({ status: expected, signals })),
      );
    },
  );

  it("name themselves when another one is asked for", async () => {
    const failed = execute(process.execPath, [join(ROOT, "examples/run.mjs"), "nothing"]);
    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("loop-agent|rag-agent") });
  });
});
