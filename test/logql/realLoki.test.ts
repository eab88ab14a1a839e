import { HttpLoki } from "../../src/logql";
import { describeWithLoki, push, pushStreams, realLoki, type Section, uniqueName } from "../real";
import { hostileValuesAreFound } from "./hostileLines";
import { NODE } from "./platform";
import { readersAgree } from "./readers";
import { streamsOf } from "./streams";

/**
 * Hours of lines at once: by default Loki closes a chunk that spans two hours, and looks for lines older than three hours
 * on disk alone, where the index of a chunk closed just now is not yet.
 */
const PAST: Section = {
  ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" }, max_chunk_age: "48h" },
  querier: { query_ingesters_within: "0s" },
};

describeWithLoki("readers over a real Loki", () => {
  readersAgree(async ({ lines }) => {
    const { url } = await realLoki({ bulk: true, config: PAST });
    const suite = uniqueName("readers");
    await push(url, lines, { labels: { suite } });
    const loki = new HttpLoki({ url, baseSelector: `{suite="${suite}"}` }, NODE);
    return { api: loki, scope: loki.scope };
  });
});

describeWithLoki("hostile values in a real Loki", () => {
  hostileValuesAreFound(async (lines) => {
    const { url } = await realLoki();
    const suite = uniqueName("hostile");
    const streams = streamsOf(lines).map(({ labels, entries }) => ({ stream: { ...labels, suite }, values: entries }));
    const { status, text } = await pushStreams(url, streams);
    if (status !== 204) throw new Error(`Loki answered ${status}: ${text}`);
    const loki = new HttpLoki({ url, baseSelector: `{suite="${suite}"}` }, NODE);
    return { api: loki, scope: loki.scope };
  });
});
