import { describe, expect, it } from "vitest";
import { isPreflight, methodOf } from "./methods";

describe("methods of requests", () => {
  it("are written when they are known", () => {
    expect(["GET", "PATCH", "get", "SECRET", "", undefined].map(methodOf)).toEqual([
      "GET",
      "PATCH",
      "_OTHER",
      "_OTHER",
      "_OTHER",
      "_OTHER",
    ]);
  });

  it("are a preflight as OPTIONS with the method asked for, and only then", () => {
    expect(isPreflight("OPTIONS", "POST")).toBe(true);
    expect(isPreflight("OPTIONS", undefined)).toBe(false);
    expect(isPreflight("OPTIONS", null)).toBe(false);
    expect(isPreflight("GET", "POST")).toBe(false);
  });
});
