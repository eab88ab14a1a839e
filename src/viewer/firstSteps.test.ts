import { describe, expect, it } from "vitest";
import { firstStepsOf } from "./firstSteps";

describe("firstStepsOf", () => {
  it("names the address that the page was read from, whatever file of it", () => {
    for (const base of ["http://127.0.0.1:3100/", "http://127.0.0.1:3100/page/index.html"]) {
      expect(firstStepsOf(base).command).toContain('new Dunetrace({ endpoint: "http://127.0.0.1:3100" })');
    }
  });
});
