import { afterEach, describe, expect, it } from "vitest";
import { testCollector } from "../../collector/testCollector";
import { span } from "../../collector/testSpans";
import { listen, type Served } from "../../server/listen";
import { dunetrace } from "../testing/command";
import { examine } from "./checks";
import { parseMetrics, seeCollector } from "./collectorMetrics";
import { observationsOf } from "./testObservations";

const TOLD = ["collector", "collector_spans"];
const HOSTILE = 'a"b\\c\nd{e="f"} 1 \u001b[31m<b>';

describe("seeCollector", () => {
  let served: Served | undefined;
  afterEach(async () => served?.close());

  async function collecting(apiKey?: string) {
    const collector = testCollector(apiKey === undefined ? {} : { apiKey });
    served = await listen((request, from) => collector.app.fetch(request, from), { port: 0 });
    const { url } = served;
    const told = async (key?: string) => {
      const seen = await seeCollector(url, key);
      return examine(observationsOf({ collector: seen })).filter(({ check }) => TOLD.includes(check));
    };
    return { ...collector, url, told };
  }

  it("names the spans that a collector does not know, also where no run came of them", async () => {
    const { collector, told, url } = await collecting();
    expect(await told()).toEqual([
      {
        check: "collector",
        status: "ok",
        text: `The collector at ${url} wrote 0 runs since it started, and lost nothing.`,
      },
      expect.objectContaining({ check: "collector_spans", status: "ok" }),
    ]);
    const component = { "haystack.component.type": "MyLookup" };
    const spans = [
      span("vendor.step"),
      span("vendor.step", {}, { id: "2" }),
      span("haystack.component.run", component),
    ];
    collector.take({ spans, refused: new Map() });
    collector.close();
    const [, unknown] = await told();
    expect(unknown).toMatchObject({
      status: "warning",
      text: "The collector does not know 3 spans, named vendor.step and MyLookup; 1 trace had nothing of an agent.",
      next: expect.stringContaining("--classify retrieval=NAME"),
    });
  });

  it("tells what is lost", async () => {
    const { collector, told } = await collecting();
    collector.counters.lost_lines = 2;
    const [losses] = await told();
    expect(losses).toMatchObject({
      status: "warning",
      text: expect.stringContaining("2 lines not taken by its output"),
    });
  });

  it("tells of requests that could not be passed on", () => {
    const counts = parseMetrics(
      ["forwarded", "refused", "failed"].map((result) => `dunetrace_forwarded_total{result="${result}"} 2`).join("\n"),
    );
    const seen = { url: "http://127.0.0.1:4318", error: undefined, counts };
    const [losses] = examine(observationsOf({ collector: seen })).filter(({ check }) => check === "collector");
    expect(losses).toMatchObject({ status: "warning", text: expect.stringContaining("4 requests not passed on") });
  });

  it("asks with the key, and says what is wrong without", async () => {
    const { told } = await collecting("k");
    expect(await told("k")).toMatchObject([{ status: "ok" }, { status: "ok" }]);
    expect(await told()).toMatchObject([
      { status: "failure", text: expect.stringContaining("DUNETRACE_COLLECTOR_KEY") },
    ]);
  });

  it("says so where no collector answers", async () => {
    served = await listen(() => new Response("hello"), { port: 0 });
    expect(await seeCollector(served.url, undefined)).toMatchObject({ error: "what answers there is no collector" });
    const { url } = served;
    await served.close();
    expect(await seeCollector(url, undefined)).toMatchObject({ error: expect.stringContaining("ECONNREFUSED") });
    expect(await seeCollector("nonsense", undefined)).toMatchObject({ error: expect.stringMatching(/\S/) });
  });

  it("is asked by the command, also where no Loki answers", async () => {
    const { url } = await collecting("k");
    const args = ["doctor", "--loki", "http://127.0.0.1:1", "--collector", url, "--format", "json"];
    const { code, out } = await dunetrace(args, { env: { DUNETRACE_COLLECTOR_KEY: "k" } });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { check: "collector", status: "ok" },
      { check: "collector_spans", status: "ok" },
      { check: "connection", status: "failure" },
    ]);
  });

  it("reads back names as senders chose them", async () => {
    const { collector, ask } = await collecting();
    collector.take({ spans: [span(HOSTILE)], refused: new Map() });
    collector.close();
    const counts = parseMetrics(await (await ask("/metrics")).text());
    expect(counts).toContainEqual({ name: "dunetrace_spans_unknown_total", labels: { name: HOSTILE }, value: 1 });
  });
});
