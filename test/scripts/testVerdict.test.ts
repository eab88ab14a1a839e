import { describe, expect, it } from "vitest";
import { closingLine, verdict } from "../../scripts/testVerdict.mjs";

const outcome = (exitCode: number, passed: number, failed: number, skipped: string[] = []) => ({
  exitCode,
  counts: JSON.stringify({ passed, failed, skipped }),
});

describe("the closing line of the tests", () => {
  it("counts what passed and failed, and what was skipped where there is any", () => {
    expect(closingLine(verdict(outcome(0, 12, 0), true))).toBe("12 passed, 0 failed");
    expect(closingLine(verdict(outcome(1, 10, 2), false))).toBe("10 passed, 2 failed");
    expect(closingLine(verdict(outcome(0, 10, 0, ["a", "b"]), false))).toBe("10 passed, 0 failed, 2 skipped");
  });

  it("names what was skipped, and calls it failed in CI", () => {
    const skipped = outcome(0, 10, 0, ["test/python.test.ts > reads real lines: no python3"]);
    expect(verdict(skipped, false).remarks).toEqual([
      "Skipped:",
      "  test/python.test.ts > reads real lines: no python3",
    ]);
    expect(closingLine(verdict(skipped, true))).toBe("10 passed, 1 failed");
  });

  it("is never a success when the runner failed, broke off or ran nothing", () => {
    expect(closingLine(verdict(outcome(1, 10, 0), false))).toBe("10 passed, 1 failed");
    expect(closingLine(verdict({ exitCode: 1, counts: "" }, false))).toBe("0 passed, 1 failed");
    expect(closingLine(verdict({ exitCode: 0, counts: "" }, false))).toBe("0 passed, 1 failed");
    expect(closingLine(verdict(outcome(0, 0, 0), false))).toBe("0 passed, 1 failed");
  });
});
