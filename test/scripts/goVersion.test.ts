import { describe, expect, it } from "vitest";
import { goProblem, isOlder, neededGo } from "../../scripts/goVersion.mjs";

describe("the version of Go", () => {
  it("is compared by numbers", () => {
    expect(isOlder("go1.9.9", "1.26")).toBe(true);
    expect(isOlder("go1.26.8", "1.26.5")).toBe(false);
    expect(isOlder("go1.26", "1.26.5")).toBe(true);
    expect(isOlder("go1.26.5", "1.26.5")).toBe(false);
  });

  it("is read from go.mod", () => {
    expect(neededGo("module a\n\ngo 1.26.5\n\nrequire b v1.2.3\n")).toBe("1.26.5");
    expect(() => neededGo("module a\n")).toThrow("no line with the version");
  });

  it("is refused with what to do when it is missing or too old", () => {
    expect(goProblem(undefined, "1.26.5", undefined)).toMatch(/^there is no Go: install Go 1\.26\.5 or later/);
    expect(goProblem("go1.19.8", "1.26.5", undefined)).toMatch(/^go1\.19\.8 is too old: install Go 1\.26\.5/);
    expect(goProblem("go1.24.1", "1.26.5", "local")).toMatch(/^go1\.24\.1 is too old: unset GOTOOLCHAIN, or install/);
  });

  it("is taken when it is new enough, or fetches a newer one by itself", () => {
    expect(goProblem("go1.26.8", "1.26.5", undefined)).toBeUndefined();
    expect(goProblem("go1.24.1", "1.26.5", undefined)).toBeUndefined();
    expect(goProblem("go1.24.1", "1.26.5", "auto")).toBeUndefined();
  });
});
