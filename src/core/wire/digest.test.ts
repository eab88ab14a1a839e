import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestOf } from "./digest";

describe("digestOf", () => {
  it("is a whole number, the same for the same text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(Number.isSafeInteger(digestOf(text))).toBe(true);
        expect(digestOf(text)).toBe(digestOf(`${text}`));
      }),
    );
  });

  it("tells 200,000 similar lines apart", () => {
    const seen = new Set<number>();
    for (let i = 0; i < 200_000; i++) seen.add(digestOf(`{"ts":"2026-11-20T10:00:00.000Z","step_index":${i}}`));
    expect(seen.size).toBe(200_000);
  });
});
