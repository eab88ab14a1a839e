import { describe, expect, it } from "vitest";
import { limitOf, refusalOf } from "./failures";

const asked = { url: "http://loki/loki/api/v1/query", query: "sum(x)" };

describe("refusalOf", () => {
  it.each([
    [
      400,
      "maximum number of series (500) reached for a single query; consider reducing query cardinality",
      "limit",
      "max_query_series",
    ],
    [
      400,
      "max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)",
      "limit",
      "max_entries_limit_per_query",
    ],
    [
      400,
      "exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter",
      "limit",
      "points",
    ],
    [
      400,
      "the query time range exceeds the limit (query length: 750h0m0s, limit: 721h0m0s)",
      "limit",
      "max_query_length",
    ],
    [
      400,
      "the query would read too many bytes (query: 2GB, limit: 1GB); consider adding more specific stream selectors",
      "limit",
      "max_query_bytes_read",
    ],
    [
      504,
      "request timed out, decrease the duration of the request or add more label matchers",
      "timeout",
      "query_timeout",
    ],
    [500, "context deadline exceeded", "timeout", "query_timeout"],
    [
      429,
      "ingestion rate limit exceeded for user fake (limit: 4194304 bytes/sec)",
      "too_many_requests",
      "ingestion_rate",
    ],
    [429, "too many outstanding requests", "too_many_requests", undefined],
    [503, "", "unavailable", undefined],
    [400, "parse error : unexpected IDENTIFIER", "refused", undefined],
  ])("recognises %i %s", (status, text, kind, limit) => {
    const error = refusalOf(status, `${text}\n`, asked);
    expect([error.kind, error.limit, error.status, error.text]).toEqual([kind, limit, status, text]);
    expect(error.message).toContain("http://loki/loki/api/v1/query for sum(x)");
    expect(limitOf(text)).toBe(limit);
  });

  it("says what to do about a limit", () => {
    const text = "maximum number of series (500) reached for a single query";
    expect(refusalOf(400, text, asked).message).toBe(
      `Loki answered 400, limit max_query_series at http://loki/loki/api/v1/query for sum(x): ${text}; take a shorter time range, fewer agents or fewer groups at once, or raise max_query_series`,
    );
  });

  it("takes the text out of JSON", () => {
    expect(refusalOf(400, '{"message":"no"}', asked).text).toBe("no");
    expect(refusalOf(400, '{"status":"error","error":"bad"}', asked).text).toBe("bad");
    expect(refusalOf(400, "{broken", asked).text).toBe("{broken");
  });

  it("shortens queries and texts", () => {
    const { message } = refusalOf(400, "t".repeat(9000), { ...asked, query: "q".repeat(9000) });
    expect(message.length).toBeLessThan(1200);
    expect(message).toContain("(9000 characters)");
  });
});
