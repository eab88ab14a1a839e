import { describe, expect, it } from "vitest";
import { longTextTest } from "./longText";

describe("a long text in upper or lower case", () => {
  const text = `${"Ab.c ".repeat(2000)}é\\n`;
  const escaped = `(?i)${text.replace(/[\\.]/g, "\\$&")}`;

  it("is found where it stands as a whole, and nowhere else", () => {
    const test = longTextTest(escaped);
    expect(test?.(`before ${text} after`)).toBe(true);
    expect(test?.(`Ab.c ${text.toUpperCase().replace("\\N", "\\n")}`)).toBe(true);
    expect(test?.(text.replace("Ab.c Ab.c", "Ab.c Abxc"))).toBe(false);
    expect(test?.(text.slice(1))).toBe(false);
  });

  it("is left to regular expressions where it is short, or more than a text", () => {
    expect(longTextTest("(?i)abc")).toBeUndefined();
    expect(longTextTest(escaped.slice("(?i)".length))).toBeUndefined();
    expect(longTextTest(`${escaped}.*`)).toBeUndefined();
  });
});
