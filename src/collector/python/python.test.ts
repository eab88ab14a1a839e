import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePolicies } from "../../core/policies";
import { parseLine } from "../../core/wire";
import { REDUCTION } from "../../sdk/reduction";
import { testCollector } from "../testCollector";

const NOW = 1_790_000_000_000;
const SECRET = "canary-11";
const event = (event_type: string, step_index: number, payload: object, more: object = {}) => ({
  event_type,
  run_id: "run-1",
  agent_id: "kb:agent/1",
  agent_version: "59c22128",
  step_index,
  timestamp: NOW / 1000 - 10 + step_index + (event_type.endsWith("responded") ? 0.5 : 0),
  payload,
  parent_run_id: null,
  ...more,
});
const RUN = [
  event("run.started", 0, { input_text: `${SECRET} hi`, system_prompt: SECRET, model: "gpt-4o", tools: ["look_up"] }),
  event("tool.called", 1, { tool_name: "look_up", args: `{"who": "${SECRET}"}`, call_id: 0 }),
  event("tool.responded", 1, { tool_name: "look_up", success: false, output: SECRET, error: SECRET, call_id: 0 }),
  event("run.completed", 2, { total_steps: 2, exit_reason: "final_answer", tool_call_count: 1 }),
];
const setUp = (options: Parameters<typeof testCollector>[0] = {}) => {
  const collector = testCollector({ now: () => NOW, ...options });
  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    collector.post(path, JSON.stringify(body), { "content-type": "application/json", ...headers });
  const lines = () => collector.written.map((text): Record<string, unknown> => JSON.parse(text));
  return { ...collector, send, lines };
};

describe("POST /v1/ingest", () => {
  it("makes a judged run of events, without their content", async () => {
    const { send, lines, written } = setUp();
    const answer = await send("/v1/ingest", { api_key: "", agent_id: "x", events: RUN });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ accepted: 4, ignored: 0, refused: 0, queued_at: NOW / 1000 });
    expect(written.join("")).not.toContain(SECRET);
    const all = lines();
    expect(all.map(({ event_type }) => event_type)).toEqual([
      "run.started",
      "tool.called",
      "tool.responded",
      "signal.detected",
      "run.completed",
    ]);
    expect(all[0]).toMatchObject({
      agent_id: "kb:agent_1",
      ts: "2026-09-21T14:13:10.000000Z",
      agent_version: "59c22128",
    });
    expect(all[0]?.payload).toMatchObject({ input_hash: REDUCTION.hash(`${SECRET} hi`), input_length: 12 });
    expect(all[1]?.payload).toMatchObject({ args_hash: REDUCTION.hash(`{"who":"${SECRET}"}`) });
    expect(all[2]).toMatchObject({ level: "warn", payload: { error_hash: REDUCTION.hash(SECRET), output_length: 9 } });
    expect(all[4]).toMatchObject({ payload: { facts_v: 1, signals: { FIRST_STEP_FAILURE: { shadow: false } } } });
  });

  it("takes several agents and runs at once, and passes over records of policies", async () => {
    const { send, lines, collector } = setUp();
    const others = RUN.map((one) => ({ ...one, run_id: "run-2", agent_id: "b" }));
    const mixed = RUN.flatMap((one, at) => [one, others[at], event("policy.evaluated", 0, { reason: SECRET })]);
    const answer = await send("/v1/ingest", { events: mixed });
    expect(await answer.json()).toMatchObject({ accepted: 8, ignored: 4 });
    expect(new Set(lines().map(({ agent_id }) => agent_id))).toEqual(new Set(["kb:agent_1", "b"]));
    expect(Object.fromEntries(collector.counters.ingested)).toEqual({ taken: 8, ignored: 4 });
  });

  it("takes a batch that is sent again once, by the ids of its events", async () => {
    const { send, written } = setUp();
    const events = RUN.map((one, at) => ({ ...one, event_id: `e${at}` }));
    await send("/v1/ingest", { events });
    const before = written.length;
    expect(await (await send("/v1/ingest", { events })).json()).toMatchObject({ accepted: 0, duplicates: 4 });
    expect(written).toHaveLength(before);
  });

  it("states the time of writing where Loki would refuse that of the event", async () => {
    const { send, lines } = setUp();
    const old = RUN.map((one) => ({ ...one, timestamp: one.timestamp - 86_400 }));
    await send("/v1/ingest", { events: old });
    const times = lines().map(({ ts }) => String(ts));
    expect(times.every((ts) => ts.startsWith("2026-09-21"))).toBe(true);
    expect(times.toSorted()).toEqual(times);
    expect(lines()[0]).toMatchObject({ event_ts: "2026-09-20T14:13:10.000000Z" });
  });

  it.each([
    ["no JSON", "{", 422],
    ["a list", "[]", 422],
    ["no events", "{}", 422],
    ["an event without a type", JSON.stringify({ events: [{}] }), 422],
    ["an endless time", JSON.stringify({ events: [{ ...RUN[0], timestamp: 1e300 }] }), 422],
    ["an empty batch", JSON.stringify({ events: [] }), 202],
    ["one good event of two", JSON.stringify({ events: [RUN[0], null] }), 202],
  ])("answers %s", async (_, body, status) => {
    const answer = await setUp().post("/v1/ingest", body);
    expect(answer.status).toBe(status);
    if (status === 422) expect(await answer.json()).toHaveProperty("error", expect.stringMatching(/\S{3}/));
  });

  it("never fails, whatever is sent", async () => {
    const hostile = fc.record(
      {
        event_type: fc.oneof(fc.constantFrom("run.started", "tool.called", "run.errored"), fc.string()),
        run_id: fc.string(),
        agent_id: fc.string(),
        step_index: fc.oneof(fc.nat(), fc.double()),
        timestamp: fc.oneof(fc.double(), fc.constant(NOW / 1000), fc.string()),
        payload: fc.object(),
        event_id: fc.oneof(fc.string(), fc.constant(null)),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(hostile, fc.anything()), { maxLength: 10 }), async (events) => {
        const { send, written, problems } = setUp();
        const answer = await send("/v1/ingest", { events });
        expect([202, 422]).toContain(answer.status);
        expect(problems).toEqual([]);
        for (const line of written) expect(parseLine(line).ok, line).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the key", () => {
  const body = { api_key: "k", events: RUN };
  it.each([
    ["in the body", "/v1/ingest", {}, body, 202],
    ["as bearer", "/v1/ingest", { authorization: "Bearer k" }, { events: RUN }, 202],
    ["in the address", "/v1/ingest?api_key=k", {}, { events: RUN }, 202],
    ["nowhere", "/v1/ingest", {}, { events: RUN }, 401],
    ["wrong in the body", "/v1/ingest", {}, { ...body, api_key: "no" }, 401],
    ["wrong as bearer, right in the body", "/v1/ingest", { authorization: "Bearer no" }, body, 401],
    ["of a deployment in the body", "/v1/deploy", {}, { api_key: "k", agent_id: "a", version: "1" }, 202],
    ["of a deployment nowhere", "/v1/deploy", {}, { agent_id: "a", version: "1" }, 401],
    ["in the body of lines", "/v1/events", {}, { api_key: "k" }, 401],
  ])("is looked for: %s", async (_, path, headers, sent, status) => {
    const { send, written } = setUp({ apiKey: "k" });
    expect((await send(path, sent, headers)).status).toBe(status);
    if (status === 401) expect(written).toEqual([]);
  });
});

describe("POST /v1/deploy", () => {
  it("writes a marker", async () => {
    const { send, lines } = setUp();
    const meta = { commit: "abc", environment: "prod", by: "ann", nested: { a: 1 } };
    const answer = await send("/v1/deploy", { api_key: "", agent_id: "kb/1", version: "v2", meta });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ agent_id: "kb_1", version: "v2", deployed_at: NOW / 1000 });
    expect(lines()).toMatchObject([
      {
        event_type: "deploy.marker",
        agent_id: "kb_1",
        run_id: "",
        payload: { version: "v2", commit: "abc", environment: "prod", meta: { by: "ann" } },
      },
    ]);
  });

  it("refuses one without a version", async () => {
    expect((await setUp().send("/v1/deploy", { agent_id: "a" })).status).toBe(422);
  });
});

describe("GET /v1/policies and /v1/detector-config", () => {
  const stop = { condition: { trigger: "tool_call_count", operator: "gt", value: 5 }, action: { type: "stop" } };
  const policies = parsePolicies(
    [
      { name: "cap", ...stop },
      { name: "mine", agent_id: "a", id: 7, ...stop },
      { name: "theirs", agent_id: "b", ...stop },
    ],
    "test",
  );

  it("serves the policies of one agent, each with an id", async () => {
    const { ask } = setUp({ policies: { policies } });
    const answer = await (await ask("/v1/policies?agent_id=a")).json();
    expect(answer).toMatchObject({
      policies: [
        { id: "cap", agent_id: "*" },
        { id: "7", name: "mine" },
      ],
    });
    expect(await (await ask("/v1/policies")).json()).toHaveProperty("policies.length", 3);
    expect(await (await setUp().ask("/v1/policies?agent_id=a")).json()).toEqual({ policies: [] });
  });

  it("serves thresholds by the package's names", async () => {
    const { ask } = setUp();
    const answer = await (await ask("/v1/detector-config?agent_id=a&agent_version=59c22128")).json();
    expect(answer).toMatchObject({
      schema_version: 1,
      agent_id: "a",
      agent_version: "59c22128",
      detectors: { tool_loop: { THRESHOLD: 3 }, session_latency: { MIN_THRESHOLD_S: 5 } },
      packs: [],
      baselines: null,
    });
    expect((await ask("/v1/detector-config")).status).toBe(422);
  });
});
