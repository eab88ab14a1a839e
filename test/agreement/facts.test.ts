import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawLogql } from "../../src/logql/builders";
import { openStore } from "../../src/loki";
import { describeWithLoki, push, realLoki, uniqueName, waitFor } from "../real";
import { type Asked, askedOf, httpLoki, inTime, terminals } from "./asked";
import { expectFactsAgree } from "./expectFacts";
import { judgings } from "./judgings";
import { agreementRuns } from "./runs";

const TIMEOUT_MS = 300_000;
const now = Date.now() * 1000;
const runs = agreementRuns(now);
const JUDGINGS = judgings(runs, now);
const job = uniqueName("facts");
const scope = { base: [{ name: "job", op: "=", value: job }] } as const;

describe("the runs that are judged", () => {
  it("are the real ones and 2,000 random ones, most of them finished", () => {
    expect(runs.filter(({ origin }) => !origin.includes("seed"))).toHaveLength(201);
    expect(runs.length).toBeGreaterThan(2201);
    expect(terminals(runs).length).toBeGreaterThan(1700);
  });
});

const lines = inTime(terminals(runs));

describe("each rule and its LogQL over facts, on the embedded store", () => {
  const store = openStore({ clock: () => now / 1000 });
  const asked = askedOf(store.api(), now, false);
  beforeAll(() => {
    expect(store.pushLines(lines)).toMatchObject({ stored: lines.length });
  });
  afterAll(() => store.close());

  it.each(JUDGINGS)("agree $name", (judging) => expectFactsAgree(asked, runs, judging, {}), TIMEOUT_MS);
});

describeWithLoki("each rule and its LogQL over facts, on a real Loki", () => {
  let asked: Asked;
  beforeAll(async () => {
    const { url } = await realLoki({ bulk: true });
    await push(url, lines, { labels: { job } });
    asked = askedOf(httpLoki(url), now, true);
    const count = rawLogql(`sum by (job) (count_over_time({job="${job}"}[48h]))`);
    await waitFor(async () => (await asked.values(count, "job")).get(job) === lines.length, { what: "all lines" });
  }, TIMEOUT_MS);

  it.each(JUDGINGS)("agree $name", (judging) => expectFactsAgree(asked, runs, judging, scope), TIMEOUT_MS);
});
