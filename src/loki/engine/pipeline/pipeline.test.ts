import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "../parse";
import { LineLabels } from "./lineLabels";
import { pipelineOf } from "./pipeline";

function keeps(stages: string, line: string): boolean {
  const query = parseQuery(`{a="x"} ${stages}`);
  if (query.kind !== "log") throw new Error("not a log query");
  const labels = new LineLabels();
  labels.reset({ a: "x" }, undefined);
  return pipelineOf(query.stages)(line, labels);
}

describe("pipelineOf", () => {
  it("filters lines as String.includes does", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", '"', "\\", " ") });
    fc.assert(
      fc.property(text, text, text, (line, one, other) => {
        const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
        const [has, hasOther] = [line.includes(one), line.includes(other)];
        expect(keeps(`|= ${first} or ${second}`, line)).toBe(has || hasOther);
        expect(keeps(`!= ${first} or ${second}`, line)).toBe(!has && !hasOther);
        expect(keeps(`|= ${first} != ${second}`, line)).toBe(has && !hasOther);
      }),
    );
  });

  it("compares numbers as JavaScript does", () => {
    const number = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(number, number, number, (n, m, bound) => {
        const line = JSON.stringify({ n, m });
        const json = `| json n="n", m="m"`;
        expect(keeps(`${json} | n > ${bound}`, line)).toBe(n > bound);
        expect(keeps(`${json} | n <= ${bound} or m == ${bound}`, line)).toBe(n <= bound || m === bound);
        expect(keeps(`${json} | n != ${bound} and m < ${bound} or n == 3`, line)).toBe(
          (n !== bound && m < bound) || n === 3,
        );
      }),
    );
  });
});
