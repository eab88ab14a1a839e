import { describe, expect, it } from "vitest";
import { restAfter } from "./rest";

describe("the rest after an answer", () => {
  it("is the usual one after quick answers, and longer after slow ones", () => {
    expect(restAfter(20, 2500)).toBe(2500);
    expect(restAfter(2000, 2500)).toBe(8000);
    expect(restAfter(60_000, 2500)).toBe(30_000);
    expect(restAfter(60_000, 45_000)).toBe(45_000);
  });

  it("is none where nothing asks for one and the answer came at once", () => {
    expect(restAfter(0, 0)).toBe(0);
    // A clock that was set back meanwhile.
    expect(restAfter(-5000, 0)).toBe(0);
  });
});
