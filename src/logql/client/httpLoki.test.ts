import { describe, expect, it } from "vitest";
import { rawLogql } from "../builders";
import { LokiError } from "../errors";
import { HttpLoki } from "./httpLoki";
import type { HttpLokiOptions } from "./options";
import type { FetchInit } from "./platform";

const OPTIONS: HttpLokiOptions = { url: "http://loki:3100" };
const query = rawLogql('{agent_id="a"}');
const EMPTY = { status: "success", data: { resultType: "streams", result: [] } };

type Answer =
  | { readonly status?: number; readonly body: unknown; readonly headers?: Record<string, string> }
  | Error
  | "never";

/** A server of prepared answers, the last one for good, and a clock that stands still while nothing sleeps. */
function serve(answers: readonly Answer[], options: HttpLokiOptions = OPTIONS) {
  const requests: { url: string; init: FetchInit }[] = [];
  const pauses: number[] = [];
  const left = [...answers];
  const loki = new HttpLoki(options, {
    fetch: async (url, init) => {
      requests.push({ url, init });
      const answer = left.length > 1 ? left.shift() : left[0];
      if (answer === "never") {
        return new Promise((_resolve, reject) => {
          init.signal.addEventListener("abort", () => reject(new Error("aborted")));
        });
      }
      if (answer === undefined || answer instanceof Error) throw answer;
      const { status = 200, body, headers } = answer;
      const text = async () => {
        if (body instanceof Error) throw body;
        return typeof body === "string" ? body : JSON.stringify(body);
      };
      return { status, text, headers: new Headers(headers) };
    },
    // The deadline of an attempt rings only for the server that never answers.
    sleep: async (ms) => {
      if (ms === (options.timeoutMs ?? 30_000)) {
        if (answers.includes("never")) return;
        return new Promise(() => undefined);
      }
      pauses.push(ms);
    },
    random: () => 0.5,
    abortController: () => new AbortController(),
  });
  return { loki, requests, pauses };
}

const logs = (loki: HttpLoki, signal?: AbortSignal, text = query) =>
  loki.logs({ query: text, start: 1n, end: 9_007_199_254_740_993n, limit: 10, direction: "backward" }, signal);

async function errorOf(asked: Promise<unknown>): Promise<LokiError> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof LokiError) return error;
    throw error;
  }
  throw new Error("no error");
}

describe("HttpLoki", () => {
  it("asks for lines with exact nanoseconds and reads them in one order", async () => {
    const result = [
      {
        stream: { agent_id: "a" },
        values: [
          ["1795168800123456789", "x"],
          ["1795168800123456787", "z"],
        ],
      },
      {
        stream: { agent_id: "b" },
        values: [
          ["1795168800123456788", "y", { parsed: { rid: "R" }, structuredMetadata: { detected_level: "info" } }],
        ],
      },
    ];
    const { loki, requests } = serve([
      {
        body: {
          status: "success",
          data: { resultType: "streams", encodingFlags: ["categorize-labels"], result, stats: {} },
        },
      },
    ]);
    expect(await logs(loki)).toEqual([
      { ts: 1_795_168_800_123_456_789n, line: "x", labels: { agent_id: "a" }, parsed: {} },
      { ts: 1_795_168_800_123_456_788n, line: "y", labels: { agent_id: "b" }, parsed: { rid: "R" } },
      { ts: 1_795_168_800_123_456_787n, line: "z", labels: { agent_id: "a" }, parsed: {} },
    ]);
    expect(requests[0]?.url).toBe(
      "http://loki:3100/loki/api/v1/query_range?query=%7Bagent_id%3D%22a%22%7D&start=1&end=9007199254740993&limit=10&direction=backward",
    );
    expect(requests[0]?.init.headers).toEqual({
      Accept: "application/json",
      "X-Loki-Response-Encoding-Flags": "categorize-labels",
    });
  });

  it("reads samples, series and label values", async () => {
    const { loki, requests } = serve([
      {
        body: {
          status: "success",
          data: { resultType: "vector", result: [{ metric: { v: "1" }, value: [12.5, "+Inf"] }] },
        },
      },
      {
        body: {
          status: "success",
          data: {
            resultType: "matrix",
            result: [
              {
                metric: {},
                values: [
                  [1, "2"],
                  [2, "NaN"],
                ],
              },
            ],
          },
        },
      },
      { body: { status: "success", data: ["a", "b"] } },
      { body: { status: "success" } },
    ]);
    expect(await loki.instant({ query, time: 5n })).toEqual([
      { metric: { v: "1" }, time: 12.5, value: Number.POSITIVE_INFINITY },
    ]);
    const points = [
      { time: 1, value: 2 },
      { time: 2, value: Number.NaN },
    ];
    expect(await loki.range({ query, start: 1n, end: 2n, stepMs: 1500 })).toEqual([{ metric: {}, points }]);
    expect(await loki.labelValues("a/b", { start: 1n, end: 2n, query })).toEqual(["a", "b"]);
    expect(await loki.labelValues("x", { start: 1n, end: 2n })).toEqual([]);
    expect(requests.map(({ url }) => url.slice("http://loki:3100/loki/api/v1".length))).toEqual([
      "/query?query=%7Bagent_id%3D%22a%22%7D&time=5",
      "/query_range?query=%7Bagent_id%3D%22a%22%7D&start=1&end=2&step=1500ms",
      "/label/a%2Fb/values?start=1&end=2&query=%7Bagent_id%3D%22a%22%7D",
      "/label/x/values?start=1&end=2",
    ]);
  });

  it("sends tenant, credentials and extra headers", async () => {
    const sent = async (options: Partial<HttpLokiOptions>) => {
      const { loki, requests } = serve([{ body: EMPTY }], { ...OPTIONS, ...options });
      await logs(loki);
      return requests[0];
    };
    const first = await sent({ tenant: "t", basic: { user: "u", password: "pä:ss" }, headers: { "X-Team": "x" } });
    expect(first?.init.headers).toMatchObject({
      "X-Scope-OrgID": "t",
      "X-Team": "x",
      Authorization: `Basic ${Buffer.from("u:pä:ss").toString("base64")}`,
    });
    expect((await sent({ bearer: "secret" }))?.init.headers.Authorization).toBe("Bearer secret");
    const inUrl = await sent({ url: "https://u:p%40ss@logs.example.com/prefix/" });
    expect(inUrl?.url).toContain("https://logs.example.com/prefix/loki/api/v1/query_range?");
    expect(inUrl?.init.headers.Authorization).toBe(`Basic ${Buffer.from("u:p@ss").toString("base64")}`);
  });

  it("sends long questions as a form", async () => {
    const { loki, requests } = serve([{ body: EMPTY }]);
    await logs(loki, undefined, rawLogql(`{agent_id="${"é".repeat(3000)}"}`));
    expect(requests[0]?.init.method).toBe("POST");
    expect(requests[0]?.url).toBe("http://loki:3100/loki/api/v1/query_range");
    expect(requests[0]?.init.headers["Content-Type"]).toBe("application/x-www-form-urlencoded");
    expect(new URLSearchParams(requests[0]?.init.body).get("query")).toContain("éé");
  });

  it("asks again with longer pauses when Loki is away or busy", async () => {
    const { loki, requests, pauses } = serve([
      Object.assign(new TypeError("fetch failed"), { cause: new Error("connect ECONNREFUSED 127.0.0.1:3100") }),
      { status: 429, body: "too many outstanding requests" },
      { body: EMPTY },
    ]);
    expect(await logs(loki)).toEqual([]);
    expect(requests).toHaveLength(3);
    expect(pauses).toEqual([187.5, 375]);
  });

  it.each([
    [429, { "Retry-After": "3" }, 3000],
    [503, { "Retry-After": "4000" }, 30_000],
    [503, { "Retry-After": "Sat, 21 Nov 2026 12:00:07 GMT", Date: "Sat, 21 Nov 2026 12:00:00 GMT" }, 7000],
    [429, { "Retry-After": "Sat, 21 Nov 2026 11:00:00 GMT", Date: "Sat, 21 Nov 2026 12:00:00 GMT" }, 187.5],
    [429, { "Retry-After": "Sat, 21 Nov 2026 12:00:07 GMT" }, 187.5],
    [429, { "Retry-After": "soon" }, 187.5],
    [429, { "Retry-After": "0" }, 187.5],
    [500, { "Retry-After": "3" }, 187.5],
  ])("waits after %i with %j", async (status, headers, pause) => {
    const answers = [{ status, headers, body: "too many outstanding requests" }, { body: EMPTY }];
    const { loki, pauses } = serve(answers, { ...OPTIONS, timeoutMs: 60_000 });
    expect(await logs(loki)).toEqual([]);
    expect(pauses).toEqual([pause]);
  });

  it.each([
    [302, "/login?next=%2Floki", "unauthorised", "/login"],
    [307, "https://u:p@idp.example.com/start#x", "unauthorised", "https://idp.example.com/start"],
    [303, "http://loki:3100/oauth2/start", "unauthorised", "http://loki:3100/oauth2/start"],
    [301, "https://loki/loki/api/v1/query_range", "broken_answer", "https://loki/loki/api/v1/query_range"],
    [308, "/blog/authors", "broken_answer", "/blog/authors"],
    [0, undefined, "broken_answer", "somewhere it does not name"],
  ])("does not follow a redirect: %i %s", async (status, location, kind, shown) => {
    const { loki, requests } = serve([{ status, body: "", headers: location === undefined ? {} : { location } }]);
    const error = await errorOf(logs(loki));
    expect(requests.map(({ init }) => init.redirect)).toEqual(["manual"]);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(`A proxy redirects to ${shown} at http://loki:3100/loki/api/v1/query_range`);
  });

  it("asks again when an answer broke off, and tells that from none", async () => {
    const cut = { body: Object.assign(new TypeError("terminated"), { cause: new Error("other side closed") }) };
    const once = serve([cut, { body: EMPTY }]);
    expect(await logs(once.loki)).toEqual([]);
    expect(once.requests).toHaveLength(2);
    const error = await errorOf(logs(serve([cut], { ...OPTIONS, retries: 0 }).loki));
    expect(error.kind).toBe("unavailable");
    expect(error.message).toContain("Loki's answer broke off (other side closed) at http://loki:3100");
  });

  it("gives up after its retries and says what happened", async () => {
    const away = Object.assign(new TypeError("fetch failed"), {
      cause: new Error("connect ECONNREFUSED 127.0.0.1:3100"),
    });
    const { loki, requests } = serve([away], { ...OPTIONS, retries: 1 });
    const error = await errorOf(logs(loki));
    expect(requests).toHaveLength(2);
    expect(error.kind).toBe("unavailable");
    expect(error.message).toBe(
      'Loki did not answer (connect ECONNREFUSED 127.0.0.1:3100) at http://loki:3100/loki/api/v1/query_range for {agent_id="a"}; check that Loki runs and is reachable from here, then ask again',
    );
  });

  it.each([
    [400, "parse error at line 1, col 1: syntax error", "refused"],
    [401, "no org id", "unauthorised"],
    [404, "404 page not found", "missing"],
  ])("does not repeat a question that was answered with %i", async (status, body, kind) => {
    const { loki, requests } = serve([{ status, body }]);
    const error = await errorOf(logs(loki));
    expect(requests).toHaveLength(1);
    expect([error.kind, error.status, error.text]).toEqual([kind, status, body]);
    expect(error.message).toContain(body);
  });

  it("never names credentials", async () => {
    const { loki } = serve([{ status: 500, body: "x" }], { url: "http://user:secret@loki:3100", retries: 0 });
    expect((await errorOf(logs(loki))).message).not.toContain("secret");
    expect(loki.url).toBe("http://loki:3100/loki/api/v1");
  });

  it("ends an attempt that takes too long, and does not repeat it", async () => {
    const { loki, requests } = serve(["never"]);
    const error = await errorOf(logs(loki));
    expect(requests).toHaveLength(1);
    expect(error.kind).toBe("timeout");
    expect(error.message).toContain("within 30000 ms");
    expect(error.message).toMatch(
      /; 30 s is this client's limit, not Loki's query_timeout: narrow the time range or the agents, or look whether Loki is overloaded$/,
    );
    expect(requests[0]?.init.signal.aborted).toBe(true);
  });

  it("stops when the caller gives up: before, during and between attempts", async () => {
    const controller = new AbortController();
    controller.abort();
    const early = serve([{ body: EMPTY }]);
    expect((await errorOf(logs(early.loki, controller.signal))).kind).toBe("aborted");
    expect(early.requests).toEqual([]);

    const during = new AbortController();
    const hanging = new HttpLoki(OPTIONS, {
      fetch: (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
          during.abort();
        }),
      sleep: () => new Promise(() => undefined),
      random: () => 0,
      abortController: () => new AbortController(),
    });
    expect((await errorOf(logs(hanging, during.signal))).kind).toBe("aborted");

    const between = new AbortController();
    let attempts = 0;
    const away = new HttpLoki(OPTIONS, {
      fetch: async () => {
        attempts++;
        throw new Error("away");
      },
      sleep: async (ms) => {
        if (ms >= 10_000) return new Promise(() => undefined);
        between.abort();
        throw new Error("the sleep was cut short");
      },
      random: () => 0,
      abortController: () => new AbortController(),
    });
    expect((await errorOf(logs(away, between.signal))).kind).toBe("aborted");
    expect(attempts).toBe(1);
  });

  it.each([
    ["<html>", "is not JSON"],
    [
      { status: "success", data: { resultType: "streams", result: [{ stream: { a: 1 }, values: [] }] } },
      "data.result.0.stream.a",
    ],
    [{ status: "success", data: { resultType: "streams", result: [{ stream: {}, values: [["12", 3]] }] } }, "no line"],
    [
      { status: "success", data: { resultType: "streams", result: [{ stream: {}, values: [["1.5", "x"]] }] } },
      "nanoseconds",
    ],
    [{ status: "success", data: { resultType: "matrix", result: [] } }, "data.resultType"],
    [{ status: "error" }, "status"],
  ])("does not take %j for an answer", async (body, wanted) => {
    const { loki, requests } = serve([{ body }]);
    const error = await errorOf(logs(loki));
    expect(requests).toHaveLength(1);
    expect(error.kind).toBe("broken_answer");
    expect(error.message).toContain(wanted);
  });

  it("hands out its base selector", () => {
    expect(serve([], { ...OPTIONS, baseSelector: '{cluster="eu"}' }).loki.scope.base).toHaveLength(1);
  });
});
