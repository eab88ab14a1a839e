import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Content } from "../../sdk/content";
import type { Span } from "../otlp/span";
import { content, hash, span, T0 } from "../testSpans";
import { ATTRIBUTES, componentOf } from ".";
import { json } from "./testDialects";

describe("content", () => {
  const SECRET = "canary 4711 content";
  const everything = Object.values(ATTRIBUTES)
    .flat()
    .map(([name]) => name);
  /** Names and ids, which are written as they are. */
  const written = new Set(
    (
      [
        "requestModel",
        "responseModel",
        "responseId",
        "provider",
        "toolName",
        "toolCallId",
        "index",
        "agent",
        "version",
        "tools",
        "session",
        "transport",
        "route",
        "pipeline",
        "streamType",
      ] as const
    ).flatMap((meaning) => ATTRIBUTES[meaning].map(([name]) => name as string)),
  );
  const secrets = Object.fromEntries(everything.filter((name) => !written.has(name)).map((name) => [name, SECRET]));
  const kinds = [
    ["chat", { "gen_ai.operation.name": "chat" }],
    ["tool", { "gen_ai.operation.name": "execute_tool" }],
    ["retrieval", { "gen_ai.operation.name": "retrieval" }],
    ["agent", { "gen_ai.operation.name": "invoke_agent" }],
    ["other", {}],
  ] as const;

  it.each(kinds)("of a %s leaves nothing behind but hashes", (name, attributes) => {
    const events = [
      {
        name: "exception",
        time: T0,
        attributes: new Map([
          ["exception.message", `${SECRET} `],
          ["exception.stacktrace", SECRET],
          ["exception.type", "E"],
        ]),
      },
    ];
    const failed = span(name, { ...secrets, ...attributes }, { status: "error", statusMessage: SECRET, events });
    expect(JSON.stringify(componentOf(failed, { content }))).not.toContain(SECRET.slice(0, 8));
  });

  it("is told with capture full", () => {
    const full = new Content("full", hash, "sha256");
    const component = componentOf(
      span("x", {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.call.arguments": json({ q: SECRET, api_key: "k-1" }),
      }),
      { content: full },
    );
    expect(JSON.stringify(component)).toContain(SECRET);
    expect(JSON.stringify(component)).not.toContain("k-1");
  });
});

it("reads any attribute values without throwing", () => {
  const names = Object.values(ATTRIBUTES)
    .flat()
    .map(([name]) => name);
  const value = fc.oneof(fc.jsonValue(), fc.json(), fc.string(), fc.constant("__proto__"));
  const attributes = fc.dictionary(
    fc.constantFrom(...names, "gen_ai.operation.name", "haystack.component.type"),
    value,
  );
  const operation = fc.constantFrom("chat", "execute_tool", "retrieval", "invoke_agent", "plan");
  fc.assert(
    fc.property(attributes, operation, (given, kind) => {
      const sent = new Map(Object.entries({ ...given, "gen_ai.operation.name": kind }));
      const component = componentOf({ ...span("x"), attributes: sent as Span["attributes"] }, { content });
      expect(JSON.stringify(component).length).toBeLessThan(20_000);
    }),
    { numRuns: 400 },
  );
});
