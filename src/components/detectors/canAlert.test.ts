import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../core/detectors";
import { canAlert } from "./canAlert";

describe("canAlert", () => {
  it("tells detectors that reach HIGH from those that never do", () => {
    const tops = new Map(DETECTORS.map((detector) => [detector, canAlert(detector)]));
    for (const [{ top, type }, can] of tops) {
      if (top === "HIGH" || top === "CRITICAL") expect(can, type).toBe(true);
    }
    expect(new Set(tops.values())).toEqual(new Set([true, false]));
  });
});
