import { expect, it } from "vitest";
import { refusalOf } from "../../../logql/client/failures";
import { observationsOf } from "../testObservations";
import { limits } from "./limits";

const asked = { url: "http://localhost:3100/loki/api/v1/query", query: "q" };

const found = (status: number, text: string) =>
  limits(observationsOf({ limits: [{ question: "baselines", error: refusalOf(status, text, asked) }] }));

it.each([
  [
    "max entries limit per query exceeded, limit > max_entries_limit_per_query (5000 > 1000)",
    "Raise max_entries_limit_per_query in limits_config; its default (5000) suffices.",
  ],
  [
    "the query time range exceeds the limit (query length: 168h15m0s, limit: 24h0m0s)",
    "Raise max_query_length in limits_config; its default (721h) suffices.",
  ],
  [
    "the query time range exceeds the limit (query length: 1d, limit: 12h30m)",
    "Raise max_query_length in limits_config; its default (721h) suffices.",
  ],
  [
    "maximum number of series (20) reached for a single query",
    "Raise max_query_series in limits_config; its default (500) suffices.",
  ],
  [
    "the query would read too many bytes (query: 2.1 GB, limit: 1.0 GB)",
    "Raise max_query_bytes_read in limits_config; its default (0, which means none) suffices.",
  ],
])("says that the default suffices where less is set: %s", (text, next) => {
  expect(found(400, text)).toMatchObject({ status: "failure", next });
});

it.each([
  ["maximum number of series (500) reached for a single query", /name fewer agents \(--agent.*raise max_query_series/],
  ["the query time range exceeds the limit (query length: 960h0m0s, limit: 30d1h)", /^Look back less far with --since/],
  ["request timed out, decrease the duration of the request", /raise query_timeout.*or ask about fewer agents/],
])("says what the query needs where the default is in force: %s", (text, next) => {
  const { status, next: told } = found(400, text);
  expect(status).toBe("failure");
  expect(told).toMatch(next);
  expect(told).not.toContain("suffices");
});

it("takes a timeout without a text for one of the query", () => {
  expect(found(504, "")).toMatchObject({ status: "failure", next: expect.stringContaining("raise query_timeout") });
});

it("does not take a fault of Loki for a limit", () => {
  expect(found(500, "ring is empty")).toMatchObject({
    status: "unknown",
    text: "Loki does not answer the query for baselines: ring is empty.",
  });
});
