import { beforeAll, expect, it } from "vitest";
import { describeWithLoki, uniqueName } from "../../real";
import { parameters } from "../ask";
import { type Case, casesFor } from "../cases";
import { type Pair, startPair } from "../pair";
import { type World, worldOf } from "../world";
import { differences } from "./difference";
import { endpointRequests } from "./endpoints";
import type { HttpRequest } from "./request";

describeWithLoki("Answers of the embedded store and of a real Loki over HTTP", () => {
  const name = uniqueName("http");
  let pair: Pair;
  let world: World;

  beforeAll(async () => {
    world = worldOf(name, BigInt(Date.now()) * 1_000_000n);
    pair = await startPair(world.pushed);
  }, 60_000);

  const requestOf = (test: Case): HttpRequest => ({
    path: test.kind === "instant" ? "/query" : "/query_range",
    params: [...parameters(test, world)],
  });

  const cases = casesFor(name);

  it(`are the same for ${cases.length} queries written by hand`, async () => {
    expect((await differences(pair, cases.map(requestOf))).join("\n")).toBe("");
  }, 300_000);

  it("are the same with labels by category, asked by POST", async () => {
    const logs = cases.filter(({ kind }) => kind === "logs").map(requestOf);
    const asked = logs.map((request) => ({ ...request, method: "POST", byCategory: true }) as const);
    expect((await differences(pair, asked)).join("\n")).toBe("");
  }, 300_000);

  it("are the same at the limits of parameters, and for labels and series", async () => {
    const requests = endpointRequests(world);
    expect((await differences(pair, requests)).join("\n")).toBe("");
  }, 300_000);
});
