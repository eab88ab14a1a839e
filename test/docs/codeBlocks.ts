import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A fenced block of a document. */
export interface CodeBlock {
  readonly document: string;
  readonly language: string;
  readonly code: string;
}

const pagesIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);

/** All documents for people, by their paths from the root. */
export function documents(): string[] {
  const examples = readdirSync(path.join(ROOT, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `examples/${name}/README.md`);
  const pages = [...pagesIn("docs"), ...pagesIn("docs/integrations")];
  return ["README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md", ...pages, ...examples];
}

/** The fenced blocks of all documents for people. */
export function codeBlocks(): CodeBlock[] {
  return documents().flatMap((document) => {
    const text = readFileSync(path.join(ROOT, document), "utf8");
    return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
      document,
      language,
      code,
    }));
  });
}

/** The commands of the shell blocks, one a line; those that go on after a `\\` are one. */
export function commands(): { readonly document: string; readonly command: string }[] {
  return codeBlocks()
    .filter(({ language }) => language === "sh" || language === "bash")
    .flatMap(({ document, code }) =>
      code
        .replaceAll("\\\n", " ")
        .split("\n")
        .map((command) => ({ document, command: command.trim() })),
    )
    .filter(({ command }) => command !== "" && !command.startsWith("#"));
}
