import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expand, interpolateQuery, type ReplaceVariables } from "./interpolate";
import { migrateQuery } from "./migrate";

/** As Grafana replaces variables: custom "All" values go in without the formatter. */
function replacing(values: Readonly<Record<string, unknown>>): ReplaceVariables {
  return (text, format) =>
    text.replace(/\$(\w+)/g, (all: string, name: string) => {
      const value = values[name];
      if (value === undefined) return all;
      return value === ".*" || value === "$__all" ? value : format(value);
    });
}

describe("expand", () => {
  const replace = replacing({ agent: ["a", "b"], one: "x", all: ".*", scene: "$__all", odd: 'q"$one' });

  it.each([
    ["plain", ["plain"]],
    ["$one", ["x"]],
    ["$agent", ["a", "b"]],
    ["prod-$agent-$one", ["prod-a-x", "prod-b-x"]],
    ["$agent/$agent", ["a/a", "a/b", "b/a", "b/b"]],
    ["$all", []],
    ["$scene", []],
    ["", []],
    ["$unknown", ["$unknown"]],
    [".*", [".*"]],
    // A value is not looked at again.
    ["$odd", ['q"$one']],
  ])("%s", (text, texts) => {
    expect(expand(text, replace)).toEqual(texts);
  });

  it("gives values back as they are", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().filter((text) => text.trim() !== ""),
          { minLength: 1 },
        ),
        (values) => {
          fc.pre(!values.some((value) => [".*", "$__all"].includes(value)));
          expect(expand("$v", replacing({ v: values }))).toEqual([...new Set(values)]);
        },
      ),
    );
  });
});

describe("interpolateQuery", () => {
  it("puts values into every text", () => {
    const query = migrateQuery({
      queryType: "whatIf",
      failureType: "$type",
      thresholds: { threshold: "$numbers" },
      filter: { agents: ["$agent", "c"], versions: ["$all"], session: "$one", text: "has $one" },
    });
    const values = { agent: ["a", "b"], all: ".*", one: "x", type: "TOOL_LOOP", numbers: ["3", "4"] };
    expect(interpolateQuery(query, replacing(values))).toMatchObject({
      failureType: "TOOL_LOOP",
      thresholds: { threshold: "3, 4" },
      filter: { agents: ["a", "b", "c"], session: "x", text: "has x" },
    });
    expect(interpolateQuery(query, replacing(values)).filter).not.toHaveProperty("versions");
  });
});
