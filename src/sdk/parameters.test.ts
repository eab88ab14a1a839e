import { describe, expect, it } from "vitest";
import { argumentsText } from "../core/hashing";
import { bindArguments, inputOf, parametersOf } from "./parameters";

/** Functions whose source is what a bundler may leave of it. */
function fn(source: string): object {
  const made: unknown = new Function(`return (${source});`)();
  if (typeof made !== "function") throw new Error(`${source} is no function`);
  return made;
}

describe("parametersOf", () => {
  it.each([
    ["function webSearch(query, topK) {}", ["query", "topK"]],
    ["async function webSearch(query, topK = 3) {}", ["query", "topK"]],
    ["async function* pages(query) {}", ["query"]],
    ["function(query) {}", ["query"]],
    ["(query, topK) => 1", ["query", "topK"]],
    ["async (query) => 1", ["query"]],
    ["query => 1", ["query"]],
    ["async query => 1", ["query"]],
    ["({ search(query,\n    topK,\n) {} }).search", ["query", "topK"]],
  ])("reads %s", (source, names) => {
    expect(parametersOf(fn(source))).toEqual({ names, rest: false });
  });

  it("knows a rest parameter", () => {
    expect(parametersOf(fn("(query, ...options) => 1"))).toEqual({ names: ["query", "options"], rest: true });
  });

  it.each([
    "() => 1",
    "({ query, topK }) => 1",
    "(query, topK = f(1, 2)) => 1",
    "(query /* what, to look for */) => 1",
    '(query = "a, b") => 1',
    "([first]) => 1",
    "Math.max",
    "function (e, t) {}",
    "class Search { constructor(query) {} }",
  ])("says nothing of %s", (source) => {
    expect(parametersOf(fn(source)).names).toEqual([]);
  });
});

describe("bindArguments", () => {
  const search = parametersOf(fn("(query, topK) => 1"));

  it("names arguments as the parameters", () => {
    expect(bindArguments(search, ["cats", 3])).toEqual({ query: "cats", topK: 3 });
    expect(bindArguments(search, ["cats"])).toEqual({ query: "cats" });
  });

  it("numbers arguments without a name", () => {
    expect(bindArguments(parametersOf(fn("(e, t) => 1")), ["cats", 3])).toEqual({ arg0: "cats", arg1: 3 });
    expect(bindArguments(search, ["cats", 3, true])).toEqual({ query: "cats", topK: 3, arg2: true });
  });

  it("takes a single plain object as the named arguments", () => {
    expect(bindArguments(search, [{ topK: 3, query: "cats" }])).toEqual({ query: "cats", topK: 3 });
    expect(bindArguments(search, [["cats"]])).toEqual({ query: ["cats"] });
  });

  it("collects a rest parameter", () => {
    const rest = parametersOf(fn("(query, ...options) => 1"));
    expect(bindArguments(rest, ["cats", 1, 2])).toEqual({ query: "cats", options: [1, 2] });
    expect(bindArguments(rest, ["cats"])).toEqual({ query: "cats" });
  });

  it("gives equal calls equal texts", () => {
    const named = argumentsText(bindArguments(search, ["cats", 3]));
    expect(argumentsText(bindArguments(search, [{ topK: 3, query: "cats" }]))).toBe(named);
    expect(argumentsText(bindArguments(search, ["cats", 3, undefined]))).toBe(named);
    expect(argumentsText(bindArguments(search, []))).toBe("{}");
  });
});

describe("inputOf", () => {
  const ask = parametersOf(fn("(user, question) => 1"));

  it("is the first argument where nothing is said", () => {
    expect(inputOf(undefined, ask, ["ann", "why?"])).toBe("ann");
  });

  it("is the parameter of that name", () => {
    expect(inputOf("question", ask, ["ann", "why?"])).toBe("why?");
  });

  it("is the key of that name of a single object", () => {
    expect(inputOf("question", parametersOf(fn("(e) => 1")), [{ question: "why?" }])).toBe("why?");
    expect(inputOf("missing", ask, ["ann", "why?"])).toBeUndefined();
  });

  it("is what a function picks", () => {
    expect(inputOf((user: string, question: string) => `${user}: ${question}`, ask, ["ann", "why?"])).toBe("ann: why?");
  });
});
