import { beforeAll, expect, it } from "vitest";
import { Engine } from "../../src/loki/engine";
import { describeWithLoki, pushStreams, realLoki, uniqueName } from "../real";
import { askEngine, askLoki } from "./ask";
import { casesFor } from "./cases";
import { difference } from "./compare";
import { MemorySource } from "./memorySource";
import { type World, worldOf } from "./world";

describeWithLoki("Answers of the engine and of a real Loki on the same lines", () => {
  let url = "";
  let world: World;
  let engine: Engine;
  const name = uniqueName("parity");
  const cases = casesFor(name);

  beforeAll(async () => {
    url = (await realLoki({ discoverLogLevels: false })).url;
    world = worldOf(name, BigInt(Date.now()) * 1_000_000n);
    const { status, text } = await pushStreams(url, world.pushed);
    expect({ status, text }).toEqual({ status: 204, text: "" });
    engine = new Engine(new MemorySource(world.stored));
  }, 60_000);

  it(`agrees on ${cases.length} queries`, async () => {
    const found: string[] = [];
    for (const test of cases) {
      const loki = await askLoki(url, test, world);
      const differs = difference(loki, askEngine(engine, test, world));
      if (differs !== undefined) found.push(`${test.kind} ${test.query}: ${differs}`);
    }
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(found.join("\n")).toBe("");
  }, 300_000);
});
