import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DEFAULT_SETTINGS, DETECTORS, parseDetectorConfig } from "../detectors";
import { detectorsYml } from "./detectorsYml";
import { SETTING_MEANINGS } from "./meanings";

const read = (text: string) => parseDetectorConfig(parse(text), "copied");

describe("detectorsYml", () => {
  it("is read back with what was changed, and nothing else", () => {
    const config = read(detectorsYml({ TOOL_LOOP: { threshold: 4 }, RAG_EMPTY_RETRIEVAL: { min_score: undefined } }));
    expect(config.settingsFor("any")).toEqual({
      ...DEFAULT_SETTINGS,
      TOOL_LOOP: { ...DEFAULT_SETTINGS.TOOL_LOOP, thresholds: { threshold: 4 } },
    });
    expect(config.agents).toEqual([]);
  });

  it("takes any setting of any detector, for any agent", () => {
    const changed = fc.constantFrom(...DETECTORS).chain((detector) =>
      fc.record({
        type: fc.constant(detector.type),
        thresholds: fc.dictionary(
          fc.constantFrom(...Object.keys(detector.defaults), "none"),
          fc.double({ min: 0.01, max: 1e9, noNaN: true }),
        ),
      }),
    );
    const agents = fc.oneof(
      fc.constantFrom("default", "defualt", "a: b", "#", "12", "no", '"', "tool_loop", "é\n- x"),
      fc.string({ minLength: 1, maxLength: 20 }),
    );
    fc.assert(
      fc.property(changed, agents, ({ type, thresholds }, agent) => {
        fc.pre(agent !== "__proto__" && agent.trim() !== "");
        const known = Object.fromEntries(Object.entries(thresholds).filter(([name]) => name !== "none"));
        const config = read(detectorsYml({ [type]: known }, agent));
        expect(config.settingsFor(config.agents[0] ?? "")[type].thresholds).toEqual({
          ...DEFAULT_SETTINGS[type].thresholds,
          ...known,
        });
      }),
    );
  });

  it("changes nothing where nothing is changed", () => {
    expect(read(detectorsYml({})).settingsFor("any")).toEqual(DEFAULT_SETTINGS);
    expect(read(detectorsYml({}, "support-bot")).settingsFor("support-bot")).toEqual(DEFAULT_SETTINGS);
  });
});

describe("the meanings of the settings", () => {
  it("are those of the shipped detectors.yml", () => {
    const text = readFileSync(fileURLToPath(new URL("../../../detectors.yml", import.meta.url)), "utf8");
    const found: Record<string, Record<string, string>> = {};
    let current: Record<string, string> = {};
    for (const line of text.split("\n")) {
      const [, detector] = /^ {2}([a-z_]+):/.exec(line) ?? [];
      const [, name = "shadow", meaning = ""] = /^ {4}([a-z_]+): \S+ # (.*)$/.exec(line) ?? [];
      if (detector !== undefined) found[detector.toUpperCase()] = current = {};
      else if (name !== "shadow") current[name] = meaning;
    }
    expect(SETTING_MEANINGS).toEqual(found);
  });
});
