import { describe, expect, it } from "vitest";
import { detectorsPage } from "./detectorsPage/page";

describe("the page of the detectors", () => {
  it("is docs/detectors.md", async () => {
    // Written anew by `npm run docs`.
    await expect(detectorsPage()).toMatchFileSnapshot("../../docs/detectors.md");
  });
});
