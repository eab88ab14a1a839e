import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { documents } from "./codeBlocks";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (document: string): string => readFileSync(path.join(ROOT, document), "utf8");
const INDEX = read("docs/integrations/README.md");
const PAGES = documents().filter(
  (document) => document.startsWith("docs/integrations/") && !document.endsWith("/README.md"),
);
/** All but what several of them import. */
const EXAMPLES = documents().filter((document) => /^examples\/(?!shared\/)[^/]+\/README\.md$/.test(document));

describe("the pages on integrations", () => {
  it.each(PAGES)(
    "%s asks a question, and says what is not known, what leaves the process and how that was seen",
    (page) => {
      const text = read(page);
      expect(text).toMatch(/^# .+\?\n/);
      for (const part of [/no data/i, /what leaves the process/i, /how it is tested/i]) expect(text).toMatch(part);
    },
  );

  it.each([
    ["haystack", "rag.py"],
    ["openllmetry", "agent.py"],
    ["openinference", "agent.py"],
  ])("%s.md has the program of its example, which the tests of the system run", (name, file) => {
    expect(read(`docs/integrations/${name}.md`)).toContain(`\`\`\`python\n${read(`examples/${name}/${file}`)}\`\`\``);
  });

  it.each(EXAMPLES)("%s is in the table of ways in", (page) => {
    expect(INDEX).toContain(`(../../${page})`);
  });
});
