import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sanitise, shortId } from "./sanitise";

describe("sanitise", () => {
  it("shows what would act on a terminal", () => {
    expect(sanitise("a\u001b[31mred\u0007\r\n\u007f")).toBe("a␛[31mred␇␍␊␡");
    expect(sanitise("\u009b2J \u202egnp.exe \u200b\ufeff")).toBe("\\u009b2J \\u202egnp.exe \\u200b\\ufeff");
    expect(sanitise("\ud83d alone")).toBe("\\ud83d alone");
  });

  it("leaves readable text of any script alone", () => {
    for (const text of ["web_search", "naïve", "検索", "😀", "a – b"]) expect(sanitise(text)).toBe(text);
  });

  it("never lets a control character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(sanitise(text)).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      }),
    );
  });
});

describe("shortId", () => {
  it("is the first 8 characters", () => {
    expect(shortId("3f1c2f1e-0000-4000-8000-000000000001")).toBe("3f1c2f1e");
    expect(shortId("run-7")).toBe("run-7");
    expect(shortId("\u001b]0;evil")).toBe("␛]0;evil");
  });
});
