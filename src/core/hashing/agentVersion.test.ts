import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { agentVersion } from "./agentVersion";
import { compareCodePoints, pythonListRepr } from "./pythonRepr";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Printed by Python 3.11: `repr([name])`. */
const REPR: readonly (readonly [name: string, repr: string])[] = [
  ["a", "['a']"],
  ["it's", '["it\'s"]'],
  ['say "hi"', "['say \"hi\"']"],
  ["both ' and \"", "['both \\' and \"']"],
  ["back\\slash", "['back\\\\slash']"],
  ["tab\there", "['tab\\there']"],
  ["line\nbreak", "['line\\nbreak']"],
  ["cr\rx", "['cr\\rx']"],
  ["nul\u0000", "['nul\\x00']"],
  ["\u001b[31m", "['\\x1b[31m']"],
  ["\u007f", "['\\x7f']"],
  ["\u0080\u009f", "['\\x80\\x9f']"],
  ["\u00a0nbsp", "['\\xa0nbsp']"],
  ["\u00ad soft hyphen", "['\\xad soft hyphen']"],
  ["na\u00efve", "['na\u00efve']"],
  ["\u00fcnit\n", "['\u00fcnit\\n']"],
  ["\u65e5\u672c\u8a9e", "['\u65e5\u672c\u8a9e']"],
  ["\u200bzero width", "['\\u200bzero width']"],
  ["\u2028ls", "['\\u2028ls']"],
  ["\u2029ps", "['\\u2029ps']"],
  ["\u3000ideographic space", "['\\u3000ideographic space']"],
  ["\ufeffbom", "['\\ufeffbom']"],
  ["\ue000private", "['\\ue000private']"],
  ["\ufffe", "['\\ufffe']"],
  ["\ud83d\ude00", "['\ud83d\ude00']"],
  ["\ud83c\udde9\ud83c\uddea", "['\ud83c\udde9\ud83c\uddea']"],
  ["\ud83d\udc69\u200d\ud83d\udcbb", "['\ud83d\udc69\\u200d\ud83d\udcbb']"],
  ["\udb40\udc01tag", "['\\U000e0001tag']"],
  ["\udbff\udfff", "['\\U0010ffff']"],
  ["e\u0301", "['e\u0301']"],
  ["\u0378unassigned", "['\\u0378unassigned']"],
  ["'", '["\'"]'],
  ['"', "['\"']"],
  ["", "['']"],
  ["  two  spaces  ", "['  two  spaces  ']"],
  ["{}[]", "['{}[]']"],
  ["\\'", '["\\\\\'"]'],
  ["\ud800", "['\\ud800']"],
  ["\udc00x", "['\\udc00x']"],
  ["a\ud83d", "['a\\ud83d']"],
];

/** Printed by Python 3.11: `repr(sorted(names))`. */
const SORTED: readonly (readonly [names: string[], repr: string])[] = [
  [
    ["\ud83d\ude00", "\uffee", "z", "Z", "_", "a10", "a2", "\u00e9"],
    "['Z', '_', 'a10', 'a2', 'z', '\u00e9', '\uffee', '\ud83d\ude00']",
  ],
  [["\ue000b", "\ud800\udc00a", "\ud7ffc"], "['\\ud7ffc', '\\ue000b', '\ud800\udc00a']"],
  [["b", "a", "b", ""], "['', 'a', 'b', 'b']"],
  [["ab", "a", "abc"], "['a', 'ab', 'abc']"],
  [
    ["\ud83d\ude00b", "\ud83d\ude00", "\ud83d\ude01", "\ud83d\ude00\uffee"],
    "['\ud83d\ude00', '\ud83d\ude00b', '\ud83d\ude00\uffee', '\ud83d\ude01']",
  ],
  [["\udc00", "\ud83d\ude00", "\ud83d\ue000"], "['\\ud83d\\ue000', '\\udc00', '\ud83d\ude00']"],
];

/** Printed by Python 3.11: `sha256(f"{system_prompt}:{model}:{sorted(tools)}".encode()).hexdigest()[:8]`. */
const VERSIONS: readonly (readonly [systemPrompt: string, model: string, tools: string[], version: string])[] = [
  ["You are a research assistant.", "gpt-4o", ["web_search", "calculator"], "59c22128"],
  ["", "unknown", [], "4cf70175"],
  ["x", "m", ["B", "a", "_c", "Z"], "545fdc7a"],
  ["", "gpt-4o", ["it's"], "f3998b2d"],
  ["", "gpt-4o", ["a\\b"], "58f3e0e4"],
  ["", "gpt-4o", ["na\u00efve", "\u00fcnit\n"], "57e0279f"],
  [
    "Prompt: with colon\nand lines \ud83d\ude00",
    "claude-sonnet-4",
    ["\ud83d\udd27 fix", "\uffee", "\u0000"],
    "a6c05b24",
  ],
  ["", "m", ["a", "a"], "8455e5dc"],
];

describe("pythonListRepr", () => {
  it.each(REPR)("writes %j as Python does", (name, repr) => {
    expect(pythonListRepr([name])).toBe(repr);
  });

  it("separates names and knows the empty list", () => {
    expect(pythonListRepr([])).toBe("[]");
    expect(pythonListRepr(["b", "a"])).toBe("['b', 'a']");
  });

  it.each(SORTED)("sorts %j by code point", (names, repr) => {
    expect(pythonListRepr([...names].sort(compareCodePoints))).toBe(repr);
    expect(pythonListRepr([...names].reverse().sort(compareCodePoints))).toBe(repr);
  });
});

describe("agentVersion", () => {
  it.each(VERSIONS)("of %j, %j, %j is that of the Python package", (systemPrompt, model, tools, version) => {
    expect(agentVersion({ systemPrompt, model, tools }, sha256)).toBe(version);
  });

  it("has defaults for what is not known", () => {
    expect(agentVersion({}, sha256)).toBe("4cf70175");
  });

  it("does not depend on the order of the tools and leaves them alone", () => {
    const tools = ["web_search", "calculator"];
    const version = agentVersion({ tools }, sha256);
    expect(tools).toEqual(["web_search", "calculator"]);
    expect(agentVersion({ tools: ["calculator", "web_search"] }, sha256)).toBe(version);
    expect(agentVersion({ tools: ["calculator"] }, sha256)).not.toBe(version);
  });
});
