import { HttpLoki } from "../../src/logql";
import { NODE } from "../logql/platform";
import { describeWithLoki, push, realLoki, uniqueName } from "../real";
import { dashboardsAreAnswered } from "./answered";

describeWithLoki("the queries of the dashboards over a real Loki", () => {
  dashboardsAreAnswered(async (lines) => {
    const { url } = await realLoki({ bulk: true });
    const suite = uniqueName("dashboards");
    await push(url, lines, { labels: { suite } });
    const loki = new HttpLoki({ url, baseSelector: `{suite="${suite}"}` }, NODE);
    return { api: loki, scope: loki.scope, matchers: `suite="${suite}", ` };
  });
});
