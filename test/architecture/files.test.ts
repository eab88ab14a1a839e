import { describe, expect, it } from "vitest";
import { isTestFile } from "./check";
import { sources } from "./sources";

/** Lines that a file of product code may have: one topic fits in them. */
const MOST_LINES = 300;
/** Files that may be longer, each with the reason. */
const LONGER: Readonly<Record<string, string>> = {};

describe("files of product code", () => {
  const product = sources().filter(({ path }) => !isTestFile(path));

  it(`have at most ${MOST_LINES} lines`, () => {
    const long = product
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
      .filter(({ path, lines }) => lines > MOST_LINES && !(path in LONGER))
      .map(({ path, lines }) => `${path}: ${lines} lines; split it by topic, or name it in LONGER with the reason`);
    expect(long).toEqual([]);
  });

  it("are named by their topic", () => {
    const vague = product.filter(({ path }) => /(^|\/)(utils?|helpers?|misc|common)(\.tsx?$|\/)/.test(path));
    expect(vague.map(({ path }) => path)).toEqual([]);
  });

  it("are listed as longer only where they are", () => {
    const paths = new Map(product.map(({ path, text }) => [path, text.split("\n").length - 1]));
    expect(Object.keys(LONGER).filter((path) => (paths.get(path) ?? 0) <= MOST_LINES)).toEqual([]);
  });
});
