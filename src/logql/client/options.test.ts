import { describe, expect, it } from "vitest";
import { base64 } from "./base64";
import { connectionOf, HttpLokiOptionsError } from "./options";

describe("connectionOf", () => {
  it.each([
    ["http://localhost:3100", "http://localhost:3100/loki/api/v1"],
    ["http://localhost:3100/", "http://localhost:3100/loki/api/v1"],
    ["https://x/logs//", "https://x/logs/loki/api/v1"],
    ["https://x/loki/api/v1/", "https://x/loki/api/v1"],
    [" http://[::1]:3100 ", "http://[::1]:3100/loki/api/v1"],
  ])("completes %s", (url, base) => {
    expect(connectionOf({ url }).base).toBe(base);
  });

  it.each(["localhost:3100", "ftp://x", "http://", "http://x?y=1", ""])("refuses the URL %j", (url) => {
    expect(() => connectionOf({ url })).toThrow("no http or https URL");
  });

  it("never repeats credentials", () => {
    expect(() => connectionOf({ url: "ftp://user:secret@x" })).toThrow(HttpLokiOptionsError);
    expect(() => connectionOf({ url: "ftp://user:secret@x" })).not.toThrow("secret");
  });

  it("refuses two ways to authenticate", () => {
    const basic = { user: "u", password: "p" };
    expect(() => connectionOf({ url: "http://x", basic, bearer: "b" })).toThrow("2 ways to authenticate");
    expect(() => connectionOf({ url: "http://u:p@x", basic })).toThrow("2 ways to authenticate");
  });

  it("refuses headers that could be read as two", () => {
    expect(() => connectionOf({ url: "http://x", tenant: "a\r\nX: y" })).toThrow("X-Scope-OrgID");
    expect(() => connectionOf({ url: "http://x", headers: { "a b": "c" } })).toThrow('"a b"');
  });

  it("refuses nonsense in numbers", () => {
    expect(() => connectionOf({ url: "http://x", timeoutMs: 0 })).toThrow("timeout");
    expect(() => connectionOf({ url: "http://x", retries: -1 })).toThrow("retries");
  });
});

describe("base64", () => {
  it("agrees with Node", () => {
    for (const text of ["", "a", "ab", "abc", "user:pä€😀"])
      expect(base64(text)).toBe(Buffer.from(text).toString("base64"));
  });
});
