import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** A fenced block of a document. */
export interface CodeBlock {
  readonly document: string;
  readonly language: string;
  readonly code: string;
}

function documents(): string[] {
  const pages = readdirSync(path.join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md", ...pages.map((name) => `docs/${name}`)];
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

/** The commands of the shell blocks, one a line. */
export function commands(): { readonly document: string; readonly command: string }[] {
  return codeBlocks()
    .filter(({ language }) => language === "sh" || language === "bash")
    .flatMap(({ document, code }) => code.split("\n").map((command) => ({ document, command: command.trim() })))
    .filter(({ command }) => command !== "" && !command.startsWith("#"));
}
