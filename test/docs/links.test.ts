import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { documents } from "./codeBlocks";

const ROOT = path.resolve(import.meta.dirname, "../..");
const DOCUMENTS = documents();
const PAGES = DOCUMENTS.filter((document) => document.startsWith("docs/") && !document.endsWith("/README.md"));
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

  it.each(PAGES)("%s has a title and is in the index of its folder", (page) => {
    expect(read(`${path.dirname(page)}/README.md`)).toContain(`](${path.basename(page)})`);
    expect(read(page)).toMatch(/^# [A-Z].+\n/);
  });
});
