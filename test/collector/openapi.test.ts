import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Ajv from "ajv/dist/2020";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { storeCollector } from "../../src/cli/collect/storeCollector";
import { collectorApp } from "../../src/collector/server/app";
import { NO_BASELINES } from "../../src/core/baselines";
import { DetectorConfig } from "../../src/core/detectors";
import { parsePolicies } from "../../src/core/policies";
import { isRecord } from "../../src/core/wire";
import type { Ask } from "../../src/logql/ask";
import { LokiError, type LokiErrorKind } from "../../src/logql/errors";
import { openStore } from "../../src/loki";

const ROOT = join(import.meta.dirname, "../..");
const document: unknown = parse(readFileSync(join(ROOT, "schema/openapi.yaml"), "utf8"));
const LINES = readFileSync(join(ROOT, "test/fixtures/python/dunetrace-0.5.7.ndjson"), "utf8");
const KEY = "k";
/** Shortly after the fixture was recorded. */
const NOW = Math.max(...[...LINES.matchAll(/"ts":"([^"]+)"/g)].map(([, ts = ""]) => Date.parse(ts))) + 60_000;
const [, RUN_ID = ""] = /"run_id":"([^"]+)"/.exec(LINES) ?? [];
const STOP = { name: "cap", condition: { trigger: "step_count", operator: "gt", value: 5 }, action: { type: "stop" } };

function at(value: unknown, ...path: readonly string[]): unknown {
  const found = path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
  const ref = isRecord(found) ? found.$ref : undefined;
  return typeof ref === "string" ? at(document, ...ref.replace("#/", "").split("/")) : found;
}
const keysOf = (value: unknown): string[] => (isRecord(value) ? Object.keys(value) : []);

const ajv = new Ajv({ strict: false, formats: { "date-time": true, uuid: true } });

interface Example {
  readonly request: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Asks a Loki that fails like this. */
  readonly failing?: LokiErrorKind;
  readonly withoutLoki?: true;
}

const JSON_TYPE = { "content-type": "application/json" };
const gzipped = { "content-encoding": "gzip" };
const BOMB = Uint8Array.from(gzipSync("x".repeat(3_000_000)));
const events = (...list: readonly object[]) => JSON.stringify({ events: list });
const EVENT = { event_type: "run.started", run_id: "r", agent_id: "a", step_index: 0, payload: {} };
const LISTS = ["/v1/agents", "/v1/runs", `/v1/runs/${RUN_ID}`, "/v1/signals"];

const unreadable = (path: string): Example[] => [
  { request: `POST ${path}`, body: "x", headers: { ...JSON_TYPE, ...gzipped }, status: 400 },
  { request: `POST ${path}`, body: BOMB, headers: { ...JSON_TYPE, ...gzipped }, status: 413 },
  { request: `POST ${path}`, body: "x", headers: { ...JSON_TYPE, "content-encoding": "br" }, status: 415 },
];
const EXAMPLES: readonly Example[] = [
  { request: "GET /ready", status: 200 },
  { request: "GET /metrics", status: 200 },
  { request: "POST /", body: "{}", status: 404 },
  { request: "POST /v1/traces", body: '{"resourceSpans":[]}', headers: JSON_TYPE, status: 200 },
  { request: "POST /v1/metrics", body: "{}", headers: JSON_TYPE, status: 200 },
  { request: "POST /v1/logs", body: "{}", headers: JSON_TYPE, status: 200 },
  { request: "POST /v1/events", body: LINES, status: 200 },
  { request: "POST /v1/events", body: '{"logger":"dunetrace"}', status: 400 },
  { request: "POST /v1/ingest", body: events(EVENT, {}), status: 202 },
  { request: "POST /v1/ingest", body: events({}), status: 422 },
  { request: "POST /v1/ingest", body: "{", status: 422 },
  { request: "POST /v1/deploy", body: '{"agent_id":"a b","version":"1","meta":{"x":1}}', status: 202 },
  { request: "POST /v1/deploy", body: "{}", status: 422 },
  ...["/v1/traces", "/v1/events", "/v1/ingest", "/v1/deploy"].flatMap(unreadable),
  { request: "GET /v1/policies?agent_id=a", status: 200 },
  { request: "GET /v1/detector-config?agent_id=a&agent_version=1", status: 200 },
  { request: "GET /v1/detector-config", status: 422 },
  ...LISTS.map((path): Example => ({ request: `GET ${path}`, status: 200 })),
  { request: "GET /v1/runs?limit=2&since_ms=0", status: 200 },
  { request: "GET /v1/runs?limit=0", status: 400 },
  { request: "GET /v1/runs?after=%ff", status: 400 },
  { request: "GET /v1/agents?since_ms=-1", status: 400 },
  { request: "GET /v1/signals?limit=many", status: 400 },
  { request: "GET /v1/runs/none", status: 404 },
  { request: "GET /v1/runs/%22%7D%20%7C%3D%20%60%3Cb%3E", status: 404 },
  { request: "GET /v1/runs?agent_id=%22%7D%20or%20%7Ba%3D~%22.%2B", status: 200 },
  ...LISTS.flatMap((path): Example[] => [
    { request: `GET ${path}`, withoutLoki: true, status: 503 },
    { request: `GET ${path}`, failing: "too_many_requests", status: 429 },
    { request: `GET ${path}`, failing: "unavailable", status: 502 },
    { request: `GET ${path}`, failing: "timeout", status: 504 },
    { request: `GET ${path}`, failing: "refused", status: 400 },
  ]),
];

const store = openStore({ anyTime: true, clock: () => NOW });
const io = { now: () => NOW, every: () => () => undefined };
const { routes, close } = storeCollector({ store, detectors: new DetectorConfig(), baselines: NO_BASELINES, io });
const appWith = (rest: typeof routes.rest, requestsPerSecond?: number) =>
  collectorApp({
    ...routes,
    rest,
    requestsPerSecond,
    apiKey: KEY,
    host: "127.0.0.1",
    maxBodyBytes: 1_000_000,
    policies: { policies: parsePolicies([STOP], "test") },
    report: (message) => {
      throw new Error(message);
    },
  });
const app = appWith(routes.rest);

function appOf({ failing, withoutLoki }: Example) {
  if (withoutLoki) return appWith(undefined);
  if (failing === undefined) return app;
  const ask: Ask = () => Promise.reject(new LokiError({ kind: failing, message: "no answer" }));
  return appWith({ ask, now: io.now });
}

/** Checks an answer against what the document says of it. */
async function check(method: string, path: string, answer: Response): Promise<void> {
  const template = path.replace(/\?.*/, "").replace(/^\/v1\/runs\/.+/, "/v1/runs/{id}");
  const said = at(document, "paths", template, method.toLowerCase(), "responses", String(answer.status));
  expect(said, `${method} ${path} ${answer.status}`).toBeDefined();
  const type = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const schema = at(said, "content", type, "schema");
  expect(schema, `${method} ${path}: ${type}`).toBeDefined();
  if (type !== "application/json" || !isRecord(schema)) return;
  const validate = ajv.compile({ ...schema, components: at(document, "components") });
  const body: unknown = await answer.json();
  expect(validate(body), `${JSON.stringify(validate.errors)}\n${JSON.stringify(body)}`).toBe(true);
}

describe("schema/openapi.yaml", () => {
  afterAll(async () => {
    close();
    await store.close();
  });

  it("has every route of the server, and no other", () => {
    const served = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replace(":id", "{id}")}`);
    const paths = at(document, "paths");
    const documented = keysOf(paths).flatMap((path) =>
      keysOf(at(paths, path)).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual([...new Set(served)].sort());
  });

  it.each(EXAMPLES)("says what $request answers with $status", async (example) => {
    const [method = "", path = ""] = example.request.split(" ");
    const headers = { host: "127.0.0.1", authorization: `Bearer ${KEY}`, ...example.headers };
    const init = { method, headers, ...(example.body === undefined ? {} : { body: example.body }) };
    const answer = await appOf(example).request(`http://127.0.0.1${path}`, init);
    expect(answer.status).toBe(example.status);
    await check(method, path, answer);
  });

  it("says what comes without the key", async () => {
    const paths = at(document, "paths");
    for (const path of keysOf(paths)) {
      for (const method of keysOf(at(paths, path))) {
        const url = path.replace("{id}", "x");
        const init = { method: method.toUpperCase(), headers: { host: "127.0.0.1" } };
        const body = method === "post" ? { body: "{}" } : {};
        const answer = await app.request(`http://127.0.0.1${url}`, { ...init, ...body });
        expect(answer.status, url).toBe(path === "/ready" ? 200 : 401);
        await check(method, url, answer);
      }
    }
  });

  it("says what comes where too much is asked", async () => {
    const paths = at(document, "paths");
    for (const path of keysOf(paths)) {
      for (const method of keysOf(at(paths, path))) {
        const strict = appWith(routes.rest, 1);
        const url = `http://127.0.0.1${path.replace("{id}", "x")}`;
        const init = { method: method.toUpperCase(), headers: { host: "127.0.0.1", ...JSON_TYPE } };
        for (let n = 0; n < 2; n++) await strict.request(url, init);
        const answer = await strict.request(url, init);
        expect(answer.status, url).toBe(429);
        expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
        await check(method, path, answer);
      }
    }
  });

  it("has an example of every answer it documents", () => {
    const paths = at(document, "paths");
    const documented = keysOf(paths).flatMap((path) =>
      keysOf(at(paths, path)).flatMap((method) =>
        keysOf(at(paths, path, method, "responses")).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    const shown = EXAMPLES.map(({ request, status }) => {
      const template = request.replace(/\?.*/, "").replace(/\/v1\/runs\/.+/, "/v1/runs/{id}");
      return `${template} ${status}`;
    });
    const own = (all: readonly string[]) => [...new Set(all)].filter((one) => !/ (?:401|429)$/.test(one)).sort();
    expect(own(documented)).toEqual(own(shown));
  });
});
