import { describe, expect, it } from "vitest";
import { locationOf } from "./address";

describe("locationOf", () => {
  it("reads the view, its id and its parameters", () => {
    expect(locationOf("/runs/a%2Fb?tab=steps")).toEqual({ page: "run", id: "a/b", params: { tab: "steps" } });
    expect(locationOf("")).toEqual({ page: "overview", params: {} });
  });

  it("keeps an address that no view has, and the time it names", () => {
    expect(locationOf("/nope?from=now-6h")).toEqual({ page: "overview", params: { from: "now-6h" }, unknown: "/nope" });
    expect(locationOf("/runs/a/b").unknown).toBe("/runs/a/b");
  });
});
