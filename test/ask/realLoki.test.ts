import { HttpLoki } from "../../src/logql";
import { NODE } from "../logql/platform";
import { streamsOf } from "../logql/streams";
import { describeWithLoki, push, pushStreams, realLoki, type Section, uniqueName } from "../real";
import { answersAgree } from "./agree";
import { hostileQuestionsAreAnswered } from "./hostile";

/** For hours of lines at once: by default Loki looks for lines older than three hours on disk alone. */
const PAST: Section = {
  ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" }, max_chunk_age: "48h" },
  querier: { query_ingesters_within: "0s" },
};

describeWithLoki("answers over a real Loki", () => {
  answersAgree(async ({ lines }) => {
    const { url } = await realLoki({ bulk: true, config: PAST });
    const suite = uniqueName("ask");
    await push(url, lines, { labels: { suite } });
    const loki = new HttpLoki({ url, baseSelector: `{suite="${suite}"}` }, NODE);
    return { api: loki, scope: loki.scope };
  });
});

describeWithLoki("hostile questions to a real Loki", () => {
  hostileQuestionsAreAnswered(async (lines) => {
    const { url } = await realLoki();
    const suite = uniqueName("hostile-ask");
    const streams = streamsOf(lines).map(({ labels, entries }) => ({ stream: { ...labels, suite }, values: entries }));
    const { status, text } = await pushStreams(url, streams);
    if (status !== 204) throw new Error(`Loki answered ${status}: ${text}`);
    const loki = new HttpLoki({ url, baseSelector: `{suite="${suite}"}` }, NODE);
    return { api: loki, scope: loki.scope };
  });
});
