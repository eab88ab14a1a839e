import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameLines } from "./nameLines";

describe("nameLines", () => {
  it.each([
    ["research-agent", ["research-", "agent"]],
    ["customer-support-agent", ["customer-", "support-agent"]],
    ["researcher", ["researcher"]],
    ["-x", ["-x"]],
    ["x-", ["x-"]],
    ["", [""]],
  ])("breaks %s at a hyphen", (name, lines) => {
    expect(nameLines(name)).toEqual(lines);
  });

  it("loses nothing and needs two lines at most", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const lines = nameLines(name);
        expect(lines.join("")).toBe(name);
        expect(lines.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
