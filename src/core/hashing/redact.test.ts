import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSecretKey, redact } from "./redact";

const SECRET = "sk-canary-9f2";

describe("isSecretKey", () => {
  it.each(
    "api_key apiKey API_KEY x-api-key OPENAI_API_KEY token access_token refreshToken sessionTokens Authorization proxy-authorization password userPassword db.password secret client_secret credential awsCredentials passwd private_key secretAccessKey".split(
      " ",
    ),
  )("knows %s", (key) => {
    expect(isSecretKey(key, "x")).toBe(true);
  });

  it.each("query key user author authority pass keyboard tok api".split(" "))("lets %s be", (key) => {
    expect(isSecretKey(key, "x")).toBe(false);
  });

  it("tells a number of tokens from a token", () => {
    expect(isSecretKey("max_tokens", 500)).toBe(false);
    expect(isSecretKey("maxTokens", 500)).toBe(false);
    expect(isSecretKey("max_tokens", "500")).toBe(true);
    expect(isSecretKey("token", 123456)).toBe(true);
    expect(isSecretKey("password_tokens", 1)).toBe(true);
  });
});

describe("redact", () => {
  it("replaces secrets at every depth and keeps the rest", () => {
    const value = {
      url: "https://example.com",
      headers: [{ "X-Api-Key": SECRET }],
      auth: { credentials: { user: "u" } },
      n: 1,
    };
    expect(redact(value)).toEqual({
      url: "https://example.com",
      headers: [{ "X-Api-Key": "[redacted]" }],
      auth: { credentials: "[redacted]" },
      n: 1,
    });
    expect(value.headers[0]).toEqual({ "X-Api-Key": SECRET });
  });

  it("looks into maps, pairs and text that holds JSON", () => {
    expect(redact(new Map([["token", SECRET]]))).toEqual({ token: "[redacted]" });
    expect(redact([["Authorization", SECRET], ["Accept", "*/*"]])).toEqual([["Authorization", "[redacted]"], ["Accept", "*/*"]]); // biome-ignore format: pairs
    expect(redact(`{ "password": "${SECRET}", "a": 1 }`)).toBe('{"password":"[redacted]","a":1}');
    expect(redact({ body: JSON.stringify({ body: JSON.stringify({ token: SECRET }) }) })).toEqual({
      body: '{"body":"{\\"token\\":\\"[redacted]\\"}"}',
    });
  });

  it("takes no text of a pair for a name", () => {
    expect(redact([`{"token":"${SECRET}"}`, "a"])).toEqual(['{"token":"[redacted]"}', "a"]);
    expect(redact(["the password is", "not here"])).toEqual(["the password is", "not here"]);
  });

  it("leaves text without secrets as it is", () => {
    expect(redact('{ "a" : 1 }')).toBe('{ "a" : 1 }');
    expect(redact("the password is not a key here")).toBe("the password is not a key here");
    expect(redact(5)).toBe(5);
    expect(redact(undefined)).toBeUndefined();
  });

  it("marks cycles and what throws", () => {
    const value: Record<string, unknown> = { a: { toJSON: () => { throw new Error("no access"); } } }; // biome-ignore format: short
    value.self = value;
    Object.defineProperty(value, "got", { enumerable: true, get: () => { throw new Error("no access"); } }); // biome-ignore format: short
    expect(redact(value)).toEqual({ a: "[unreadable]", self: "[circular]", got: "[unreadable]" });
  });

  it("survives hostile keys, depth and size", () => {
    const hostile = JSON.parse('{"__proto__":{"token":"x"},"constructor":1}');
    const copy = redact(hostile);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"token":"[redacted]"},"constructor":1}');
    expect(JSON.stringify(redact(JSON.parse("[".repeat(3000) + "]".repeat(3000))))).toContain("[cut]");
    let graph: unknown = { leaf: true };
    for (let depth = 0; depth < 100; depth++) graph = { left: graph, right: graph };
    expect(JSON.stringify(redact(graph))).toContain("[cut]");
  });

  it("keeps no secret, wherever it lies", () => {
    const key = fc.constantFrom("api_key", "x-api-key", "accessToken", "PASSWORD", "client-secret");
    const tree = fc.letrec<{ node: unknown; secret: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue(),
        tie("secret"),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie("node"), { maxKeys: 3 }),
        tie("node").map((node) => JSON.stringify(node)),
        tie("node").map((node) => new Map([["inner", node]])),
      ),
      secret: fc.tuple(key, tie("node")).map(([name, noise]) => ({ [name]: [SECRET, { noise }] })),
    })).node;
    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.stringify(redact(value)) ?? "").not.toContain(SECRET);
      }),
      { numRuns: 500 },
    );
  });
});
