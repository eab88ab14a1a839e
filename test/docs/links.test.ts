import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const PAGES = readdirSync(path.join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
const DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...PAGES.map((name) => `docs/${name}`)];
const read = (document: string): string => readFileSync(path.join(ROOT, document), "utf8");
const prose = (document: string): string => read(document).replace(/^```[\s\S]*?^```$/gm, "");

/** The name of a heading in an address, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, "")
    .replaceAll(" ", "-");

function anchors(document: string): string[] {
  return [...prose(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
}

describe("the documents", () => {
  it.each(DOCUMENTS)("%s links to what is there", (document) => {
    const broken = [...prose(document).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = ""]) => {
      if (/^https?:/.test(target)) return [];
      const [file = "", anchor] = target.split("#");
      const found = file === "" ? document : path.join(path.dirname(document), file);
      if (!existsSync(path.join(ROOT, found))) return [target];
      return anchor === undefined || anchors(found).includes(anchor) ? [] : [target];
    });
    expect(broken).toEqual([]);
  });

  it.each(PAGES.filter((name) => name !== "README.md"))("%s has a title and is in the index", (page) => {
    expect(read("docs/README.md")).toContain(`](${page})`);
    expect(read(`docs/${page}`)).toMatch(/^# [A-Z].+\n/);
  });
});
