import { beforeAll, describe, expect, it } from "vitest";
import { codeBlocks } from "./codeBlocks";
import { typeErrors } from "./typeCheck";

/** Fragments, which test/docs/readmeAgent.test.ts puts together and runs. */
const RUN_ELSEWHERE = ["README.md"];
const TIMEOUT_MS = 120_000;

const seen = new Map<string, number>();
const snippets = Object.fromEntries(
  codeBlocks()
    .filter(({ document, language }) => language === "ts" && !RUN_ELSEWHERE.includes(document))
    .map(({ document, code }) => {
      const at = (seen.get(document) ?? 0) + 1;
      seen.set(document, at);
      // The package that comes with ai 7; `ai` is version 6 here.
      const isOfAi7 = code.includes('"@ai-sdk/otel"');
      return [`${document}, snippet ${at}`, isOfAi7 ? code.replace('from "ai"', 'from "ai-7"') : code];
    }),
);

describe("the TypeScript of the documents", () => {
  let errors: Record<string, string[]> = {};
  beforeAll(() => {
    const wrong = { "a wrong option": 'import { Dunetrace } from "dunetrace-grafana";\nnew Dunetrace({ fil: "x" });' };
    errors = typeErrors({ ...snippets, ...wrong });
  }, TIMEOUT_MS);

  it.each(Object.keys(snippets))("%s fits the types of the package", (name) => {
    expect(errors[name]).toEqual([]);
  });

  it("is really compiled", () => {
    expect(Object.keys(snippets).length).toBeGreaterThan(15);
    expect(errors["a wrong option"]).toEqual([expect.stringContaining("'fil' does not exist in type")]);
  });
});
