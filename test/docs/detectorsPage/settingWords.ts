import { readFileSync } from "node:fs";
import path from "node:path";

const FILE = path.resolve(import.meta.dirname, "../../../detectors.yml");

/** What the comments of detectors.yml say of each setting, by `section.key`; sections themselves by their name. */
export function settingWords(): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  let section = "";
  for (const line of readFileSync(FILE, "utf8").split("\n")) {
    const [, indent = "", key = "", comment = ""] = /^( +)([a-z_]+):[^#]*# (.+)$/.exec(line) ?? [];
    if (indent.length === 2) {
      section = key;
      words.set(section, comment);
    } else if (indent.length === 4) words.set(`${section}.${key}`, comment);
  }
  return words;
}
