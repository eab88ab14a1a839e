import { describe, expect, it } from "vitest";
import { canonicalJson } from "../hashing/canonicalJson";
import { DETECTORS } from "./registry";
import { DEFAULT_SETTINGS, DetectorConfig, DetectorConfigError, parseDetectorConfig, rulesHash } from "./settings";

const parse = (document: unknown) => parseDetectorConfig(document, "detectors.yml");

function errorOf(document: unknown): string {
  try {
    parse(document);
  } catch (error) {
    if (error instanceof DetectorConfigError) return error.message;
    throw error;
  }
  throw new Error("The document was accepted.");
}

describe("parseDetectorConfig", () => {
  it.each([[undefined], [null], [{}], [{ default: null }], [{ default: { tool_loop: null } }]])(
    "takes %j for the defaults",
    (document) => expect(parse(document).settingsFor("any")).toEqual(DEFAULT_SETTINGS),
  );

  it("overrides single keys for all agents, then for one", () => {
    const config = parse({
      default: { tool_loop: { threshold: 4 }, slow_step: { tool_ms: 1000 } },
      "support-bot": { slow_step: { llm_ms: 2000 }, turn_burst: { shadow: false } },
      other: null,
    });
    const all = config.settingsFor("any");
    expect(all.TOOL_LOOP).toEqual({ thresholds: { threshold: 4 }, shadow: false });
    expect(all.SLOW_STEP.thresholds).toMatchObject({ tool_ms: 1000, llm_ms: 30_000 });
    expect(all.TURN_BURST.shadow).toBe(true);
    const bot = config.settingsFor("support-bot");
    expect(bot.TOOL_LOOP).toEqual(all.TOOL_LOOP);
    expect(bot.SLOW_STEP.thresholds).toMatchObject({ tool_ms: 1000, llm_ms: 2000, gap_ms: 60_000 });
    expect(bot.TURN_BURST).toEqual({ thresholds: { inflation_factor: 3 }, shadow: false });
    expect(config.settingsFor("other")).toEqual(all);
    expect(config.agents).toEqual(["support-bot", "other"]);
  });

  it("applies `default:` wherever it stands", () => {
    const config = parse({ bot: { tool_loop: { shadow: true } }, default: { tool_loop: { threshold: 5 } } });
    expect(config.settingsFor("bot").TOOL_LOOP).toEqual({ thresholds: { threshold: 5 }, shadow: true });
  });

  it("knows agents by the id their lines carry", () => {
    const config = parse({ "support bot/eu": { tool_loop: { threshold: 9 } } });
    expect(config.settingsFor("support_bot_eu").TOOL_LOOP.thresholds.threshold).toBe(9);
  });

  it("gives the same object for the same agent", () => {
    const config = parse({ bot: { tool_loop: { threshold: 9 } } });
    expect(config.settingsFor("bot")).toBe(config.settingsFor("bot"));
    expect(config.settingsFor("a")).toBe(config.settingsFor("constructor"));
  });

  it("leaves the built-in settings as they are", () => {
    const before = JSON.stringify(DEFAULT_SETTINGS);
    parse({ default: { tool_loop: { threshold: 9 }, turn_burst: { shadow: false } } });
    expect(JSON.stringify(DEFAULT_SETTINGS)).toBe(before);
    expect(new DetectorConfig().settingsFor("any")).toBe(DEFAULT_SETTINGS);
  });

  it.each([
    ["off", undefined],
    [false, undefined],
    [null, undefined],
    [-0.2, -0.2],
    [0, 0],
  ])("takes min_score: %j", (min_score, expected) => {
    const document = {
      default: { rag_empty_retrieval: { min_score: 0.5 } },
      bot: { rag_empty_retrieval: { min_score } },
    };
    expect(parse(document).settingsFor("bot").RAG_EMPTY_RETRIEVAL.thresholds).toEqual({
      min_results: 1,
      min_score: expected,
    });
  });

  it("takes 0 where it switches something off", () => {
    const document = {
      default: {
        rag_empty_retrieval: { min_results: 0 },
        slow_step: { floor_ms: 0 },
        first_step_failure: { max_step: 0 },
      },
    };
    expect(parse(document).settingsFor("any").SLOW_STEP.thresholds.floor_ms).toBe(0);
  });

  it.each([
    [
      "a list at the top",
      [],
      'detectors.yml: expected sections ("default:" or an agent\'s id) at the top, found a list.',
    ],
    [
      "a text at the top",
      "tool_loop",
      'detectors.yml: expected sections ("default:" or an agent\'s id) at the top, found the string "tool_loop".',
    ],
    [
      "a section that is a number",
      { bot: 3 },
      'detectors.yml: "bot" must hold detectors with their settings, found the number "3".',
    ],
    [
      "an unknown detector",
      { default: { tool_lop: {} } },
      'detectors.yml: unknown detector "tool_lop" in "default". Did you mean "tool_loop"?',
    ],
    [
      "a failure type for a key",
      { bot: { RETRY_STORM: {} } },
      'detectors.yml: unknown detector "RETRY_STORM" in "bot". Did you mean "retry_storm"?',
    ],
    [
      "a detector without a section",
      { tool_loop: { threshold: 4 } },
      'detectors.yml: "tool_loop" is a detector, but stands where "default:" or an agent\'s id is expected. Put it under "default:".',
    ],
    [
      "a detector that is a number",
      { default: { tool_loop: 4 } },
      'detectors.yml: "default.tool_loop" must hold settings such as "shadow: true", found the number "4".',
    ],
    [
      "an unknown key",
      { bot: { tool_loop: { treshold: 4 } } },
      'detectors.yml: unknown key "treshold" in "bot.tool_loop". Did you mean "threshold"? Valid keys: threshold, shadow.',
    ],
    [
      "a key of Object.prototype",
      { bot: { tool_loop: { toString: 4 } } },
      'detectors.yml: unknown key "toString" in "bot.tool_loop". Did you mean "shadow"? Valid keys: threshold, shadow.',
    ],
    [
      "the loop window",
      { default: { tool_loop: { window: 7 } } },
      'detectors.yml: "default.tool_loop.window" cannot be set: the loop window is a constant of 5 actions, because facts do not depend on settings. Remove the key, or change "default.tool_loop.threshold".',
    ],
    [
      "a text for a number",
      { default: { tool_loop: { threshold: "4" } } },
      'detectors.yml: "default.tool_loop.threshold" must be a positive number, found the string "4".',
    ],
    [
      "nothing for a number",
      { default: { tool_loop: { threshold: null } } },
      'detectors.yml: "default.tool_loop.threshold" must be a positive number, found nothing.',
    ],
    [
      "0 that fires always",
      { default: { tool_loop: { threshold: 0 } } },
      'detectors.yml: "default.tool_loop.threshold" must be a positive number, found the number "0".',
    ],
    [
      "a number that is none",
      { default: { tool_loop: { threshold: Number.NaN } } },
      'detectors.yml: "default.tool_loop.threshold" must be a positive number, found the number "NaN".',
    ],
    [
      "a negative floor",
      { default: { slow_step: { floor_ms: -1 } } },
      'detectors.yml: "default.slow_step.floor_ms" must be 0 or a positive number, found the number "-1".',
    ],
    [
      "a text for a score",
      { default: { rag_empty_retrieval: { min_score: "low" } } },
      'detectors.yml: "default.rag_empty_retrieval.min_score" must be a number or "off", found the string "low".',
    ],
    [
      "a text for shadow",
      { default: { tool_loop: { shadow: "yes" } } },
      'detectors.yml: "default.tool_loop.shadow" must be true or false, found the string "yes".',
    ],
    [
      "two sections for one agent",
      { "a b": {}, a_b: {} },
      'detectors.yml: two sections are for agent "a_b"; merge them into one.',
    ],
    [
      "a default section with a typo",
      { defualt: { tool_loop: { threshold: 5 } } },
      'detectors.yml: "defualt" looks like "default"; name the section that, or give the file a "default:" section too if an agent has this id.',
    ],
  ])("refuses %s", (_name, document, message) => expect(errorOf(document)).toBe(message));

  it.each(DETECTORS.flatMap(({ key, defaults }) => Object.keys(defaults).map((setting) => [key, setting] as const)))(
    "lets %s.%s be set",
    (key, setting) => {
      const config = parse({ default: { [key]: { [setting]: 7.5 } } });
      const changed = Object.values(config.settingsFor("any")).filter(({ thresholds }) => thresholds[setting] === 7.5);
      expect(changed).toHaveLength(1);
    },
  );
});

describe("rulesHash", () => {
  const texts: string[] = [];
  const sha256 = (text: string): string => {
    texts.push(text);
    return "0123456789abcdef";
  };

  it("is the first 8 hex over the canonical JSON of all thresholds and shadow flags", () => {
    expect(rulesHash(DEFAULT_SETTINGS, sha256)).toBe("01234567");
    const rules = Object.fromEntries(DETECTORS.map(({ type, defaults, shadow }) => [type, { ...defaults, shadow }]));
    expect(texts.at(-1)).toBe(canonicalJson(rules));
    expect(texts.at(-1)).toContain('"RAG_EMPTY_RETRIEVAL":{"min_results":1,"shadow":false}');
  });

  it("depends on what is effective, not on how it was written", () => {
    const text = (document: unknown): string => {
      rulesHash(parse(document).settingsFor("bot"), sha256);
      return texts.at(-1) ?? "";
    };
    const plain = text({});
    expect(text({ bot: { slow_step: { floor_ms: 500, tool_ms: 15_000 }, tool_loop: { shadow: false } } })).toBe(plain);
    expect(text({ other: { tool_loop: { threshold: 4 } } })).toBe(plain);
    expect(text({ bot: { tool_loop: { threshold: 4 } } })).not.toBe(plain);
    expect(text({ bot: { tool_loop: { shadow: true } } })).not.toBe(plain);
    expect(text({ default: { rag_empty_retrieval: { min_score: 0.3 } } })).not.toBe(plain);
  });
});
