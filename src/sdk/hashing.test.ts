import { describe, expect, it } from "vitest";
import { nodeHash, sha256Hex } from "./hashing";

describe("nodeHash", () => {
  it("is the first 16 hex of SHA-256 without a key", () => {
    expect(nodeHash()("hello")).toBe("2cf24dba5fb0a30e");
    expect(nodeHash({ key: undefined })("naïve ünit 🦊")).toBe(sha256Hex("naïve ünit 🦊").slice(0, 16));
  });

  it("is HMAC-SHA-256 of the same length with a key", () => {
    // RFC 4231, test case 2.
    expect(nodeHash({ key: "Jefe" })("what do ya want for nothing?")).toBe("5bdcc146bf60754e");
  });
});
