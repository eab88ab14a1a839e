import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pythonOf } from "../environment";
import { systemRun } from "../runs";
import { System } from "../system";
import { answered, ended, haystackEnvironment, INSTALL_MS, VERSIONS } from "./haystack";
import { answerPrograms } from "./replies";

const PAGE = join(import.meta.dirname, "../../../docs/integrations/haystack.md");

function programOfPage(): string {
  const [, program] = /^```python\n([\s\S]*?)^```$/m.exec(readFileSync(PAGE, "utf8")) ?? [];
  if (program === undefined) throw new Error(`no program in ${PAGE}`);
  return program;
}

describe("the program in docs/integrations/haystack.md", () => {
  it.for(VERSIONS)("is a run in Haystack %d", { timeout: INSTALL_MS }, async (version, context) => {
    const python = pythonOf(await haystackEnvironment(version), context);
    const lines = programOfPage().split("\n");
    const forVersion3 = lines.filter((line) => line.endsWith("# Haystack 3"));
    expect(forVersion3).toHaveLength(2);
    const program = version === 2 ? lines.filter((line) => !forVersion3.includes(line)) : lines;
    const folder = mkdtempSync(join(tmpdir(), "dunetrace-page-"));
    const system = await System.start();
    try {
      answerPrograms(system.models);
      const file = join(folder, "rag.py");
      writeFileSync(file, program.join("\n"));
      const { runs, stdout, text } = await system.run(python, file, [], {
        HAYSTACK_CONTENT_TRACING_ENABLED: "true",
        OTEL_RESOURCE_ATTRIBUTES: "dunetrace.agent_version=v7,dunetrace.tools=search",
        OPENAI_BASE_URL: `${system.models.url}/written/v1`,
      });
      expect(stdout).toBe("CANARY-answer\n");
      expect(runs.map(systemRun)).toEqual([ended("rag-pipeline", ["retrieval retriever 1", answered])]);
      expect(runs[0]?.run).toMatchObject({ agent_version: "v7", facts: { tools_available: 1 } });
      expect(text).not.toMatch(/CANARY|Paris|France/);
    } finally {
      await system.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
