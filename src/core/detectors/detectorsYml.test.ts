import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DETECTORS } from "./registry";
import { DEFAULT_SETTINGS, parseDetectorConfig } from "./settings";

const text = readFileSync(fileURLToPath(new URL("../../../detectors.yml", import.meta.url)), "utf8");
const document: unknown = parse(text);

describe("the shipped detectors.yml", () => {
  it("states every setting of every detector, in their order, and nothing else", () => {
    const expected: Record<string, Record<string, unknown>> = {};
    for (const { key, defaults, shadow } of DETECTORS) {
      expected[key] = { shadow };
      for (const [name, value] of Object.entries(defaults)) expected[key][name] = value ?? "off";
    }
    expect(document).toEqual({ default: expected });
    const keys = [...text.matchAll(/^ {2}([a-z_]+):/gm)].map((match) => match[1]);
    expect(keys).toEqual(DETECTORS.map(({ key }) => key));
  });

  it("equals the built-in defaults", () => {
    const config = parseDetectorConfig(document, "detectors.yml");
    expect(config.settingsFor("any")).toEqual(DEFAULT_SETTINGS);
    expect(config.agents).toEqual([]);
  });

  it("says what each key means", () => {
    const keys = text.split("\n").filter((line) => /^ *[a-z_]+:/.test(line));
    for (const line of keys) expect(line).toMatch(/ # \S/);
    expect(keys).toHaveLength(1 + DETECTORS.reduce((sum, { defaults }) => sum + 2 + Object.keys(defaults).length, 0));
  });
});
