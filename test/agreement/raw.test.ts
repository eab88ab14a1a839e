import { beforeAll, describe, expect, it } from "vitest";
import { DetectorConfig, detectorOf, FAILURE_TYPES, NO_BASELINES, parseDetectorConfig } from "../../src/core";
import { rawLogql } from "../../src/logql/builders";
import { type Producer, rawQueries } from "../../src/logql/detectors";
import { openStore } from "../../src/loki";
import { describeWithLoki, push, realLoki, uniqueName, waitFor } from "../real";
import { type Asked, askedOf, httpLoki, inTime } from "./asked";
import { type RawAgreement, rawAgreement } from "./expectRaw";
import { fixedBaseline, SAME_FOR_ALL } from "./judgings";
import { report } from "./outcomes";
import { pageOf } from "./rawPage";
import { agreementRuns } from "./runs";

const now = Date.now() * 1000;
const runs = agreementRuns(now);
const job = uniqueName("raw");
const scope = { base: [{ name: "job", op: "=", value: job }] } as const;
const PRODUCERS: readonly Producer[] = ["schema", "python"];
const JUDGINGS = [
  { name: "by default", config: new DetectorConfig(), baselines: NO_BASELINES },
  {
    name: "with thresholds and a baseline",
    config: parseDetectorConfig(SAME_FOR_ALL, "detectors.yml of the test"),
    baselines: fixedBaseline(runs),
  },
];

const lines = inTime(runs.flatMap(({ raw }) => raw));

describe("each rule and its LogQL over raw events, on the embedded store", () => {
  it("agree where the queries need no joins", async () => {
    const store = openStore({ clock: () => now / 1000 });
    store.pushLines(lines);
    const asked = askedOf(store.api(), now, false);
    const [, judging] = JUDGINGS;
    const compared = new Set<string>();
    for (const agent of new Set(runs.map(({ run }) => run.agent_id))) {
      const own = runs.filter(({ run }) => run.agent_id === agent);
      if (judging === undefined) continue;
      for (const { type, wrong } of await rawAgreement(asked, own, judging, {}, [agent])) {
        if (wrong === undefined) continue;
        compared.add(type);
        expect([...wrong.schema, ...wrong.python].map((one) => `${type} ${report(one, runs)}`).join("")).toBe("");
      }
    }
    expect([...compared]).toEqual(["LLM_TRUNCATION_LOOP", "STEP_COUNT_INFLATION"]);
    await store.close();
  }, 300_000);
});

describeWithLoki("each rule and its LogQL over raw events, on a real Loki", () => {
  let asked: Asked;
  const found: RawAgreement[] = [];

  beforeAll(async () => {
    // All runs lie in one window here, and every one may be a series of a join.
    const { url } = await realLoki({ bulk: true, limits: { max_query_series: 10_000 } });
    await push(url, lines, { labels: { job } });
    asked = askedOf(httpLoki(url), now, true);
    const count = rawLogql(`sum by (job) (count_over_time({job="${job}"}[48h]))`);
    const stored = new Set(lines).size;
    await waitFor(async () => (await asked.values(count, "job")).get(job) === stored, { what: "all lines" });
    for (const judging of JUDGINGS) found.push(...(await rawAgreement(asked, runs, judging, scope)));
  }, 300_000);

  it("agree where they are said to be exact", () => {
    const wrong = found.flatMap(({ type, wrong: by }) => {
      const exactFor = rawQueries(type, { windowMs: 1 })?.exactFor ?? [];
      return exactFor.flatMap((producer) => (by?.[producer] ?? []).map((one) => `${type} ${report(one, runs)}`));
    });
    expect(wrong.slice(0, 1).join(""), `${wrong.length} disagreements`).toBe("");
  });

  it("are said to be exact wherever they agree: the list in the docs is the one found here", async () => {
    const rows = FAILURE_TYPES.map((type) => {
      const of = found.filter((one) => one.type === type);
      const isAsked = of.some(({ wrong }) => wrong !== undefined);
      const exact = PRODUCERS.filter((producer) => isAsked && of.every(({ wrong }) => wrong?.[producer].length === 0));
      expect(exact, type).toEqual(rawQueries(type, { windowMs: 1 })?.exactFor ?? []);
      return { label: detectorOf(type).label, type, isAsked, exact };
    });
    const page = pageOf(rows);
    process.stdout.write(page);
    await expect(page).toMatchFileSnapshot("../../docs/raw-queries.md");
  });
});
