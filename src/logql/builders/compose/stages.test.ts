import { describe, expect, it } from "vitest";
import { isOneOf, labelIn } from "./stages";

describe("isOneOf", () => {
  it("takes one value, several, and none", () => {
    expect(isOneOf("v", ["a.b"])).toBe('v="a.b"');
    expect(isOneOf("v", ["a.b", "c"])).toBe('v=~"a\\\\.b|c"');
    expect(isOneOf("v", [])).toBe('v=~"[^\\\\s\\\\S]"');
  });

  it("anchors lists that Loki would take apart wrongly", () => {
    expect(labelIn("v", ["v1", "v10"])).toBe('| v=~"^(?:v1|v10)$"');
    expect(labelIn("v", ["", "a"])).toBe('| v=~"^(?:|a)$"');
  });
});
