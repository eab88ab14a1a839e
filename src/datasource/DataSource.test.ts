import type { DataQueryResponse } from "@grafana/data";
import { firstValueFrom, of, take, toArray } from "rxjs";
import { expect, it, vi } from "vitest";

// Grafana's packages need a browser: here is what of them the datasource uses.
vi.mock("@grafana/data", () => ({
  DataSourceApi: class {
    readonly uid: string;
    readonly type: string;
    constructor({ uid, type }: { uid: string; type: string }) {
      this.uid = uid;
      this.type = type;
    }
    getRef() {
      return { uid: this.uid, type: this.type };
    }
  },
  CustomVariableSupport: class {},
  LoadingState: { Done: "Done", Error: "Error", Streaming: "Streaming" },
  FieldType: { time: "time", number: "number", string: "string", boolean: "boolean", other: "other" },
  MappingType: { ValueToText: "value" },
  DataFrameType: { LogLines: "log-lines", TimeSeriesMulti: "timeseries-multi" },
}));
vi.mock("@grafana/runtime", () => ({}));
vi.mock("./editors/AnnotationEditor", () => ({ AnnotationEditor: () => null }));
vi.mock("./editors/VariableEditor", () => ({ VariableEditor: () => null }));

const { AgentsDataSource } = await import("./DataSource");

const NOW = Date.UTC(2026, 10, 20);
const moment = (ms: number) => ({ valueOf: () => ms });
const loki = (query: (request: unknown) => unknown = () => of({ data: [], state: "Done" })) => ({
  uid: "loki",
  type: "loki",
  name: "Loki",
  query,
  getResource: async () => ({ data: [] }),
  testDatasource: async () => ({ status: "success", message: "Data source successfully connected." }),
});

function datasource(jsonData: object, instance: unknown = loki(), hidden = () => false) {
  const settings = { uid: "ours", type: "dunetrace-agents-datasource", jsonData };
  const services = {
    getDatasource: async () => instance,
    nameOf: () => "Loki",
    replace: (text: string, _scope: unknown, format: (value: unknown) => string) =>
      text.replace("$agent", () => format(["a", "b"])),
    makeTimeRange: (from: number, to: number) => ({ from: moment(from), to: moment(to), raw: { from: "", to: "" } }),
    now: () => NOW,
    isHidden: hidden,
  };
  return Reflect.construct(AgentsDataSource, [settings, services]);
}

const request = (...targets: object[]) => ({
  requestId: "Q1",
  range: { from: moment(NOW - 3_600_000), to: moment(NOW) },
  intervalMs: 60_000,
  scopedVars: {},
  targets,
});

const answered = (source: ReturnType<typeof datasource>, asked: object): Promise<DataQueryResponse> =>
  firstValueFrom(source.query(asked));

it("answers every query of a request under its refId", async () => {
  const { data, state, errors } = await answered(
    datasource({ lokiUid: "loki" }),
    request({ refId: "A", queryType: "runs" }, { refId: "B", queryType: "signals" }, { refId: "C", queryType: "run" }),
  );
  expect(errors).toBeUndefined();
  expect(state).toBe("Done");
  expect(data.map(({ refId, length }) => [refId, length])).toEqual([
    ["A", 0],
    ["B", 0],
  ]);
  expect(data[0]?.meta).toMatchObject({ preferredVisualisationType: "table", custom: { more: false } });
  expect(data[0]?.fields.find(({ name }: { name: string }) => name === "run_id").config.links).toMatchObject([
    { url: expect.stringContaining("/a/dunetrace-agents-app/runs/~?id=") },
    { internal: { datasourceUid: "loki", query: expect.any(Function) } },
  ]);
});

it("keeps what was answered when another query fails", async () => {
  const { data, state, errors } = await answered(
    datasource({ lokiUid: "loki" }),
    request({ refId: "A", queryType: "runs" }, { refId: "B", queryType: "runs", filter: { minSeverity: "BAD" } }),
  );
  expect(data).toHaveLength(1);
  expect(state).toBe("Error");
  expect(errors).toEqual([{ refId: "B", message: expect.stringContaining('"BAD" is no severity') }]);
});

it("says what Loki said, with its status", async () => {
  const refusing = loki(() => of({ data: [], errors: [{ status: 429, message: "too many outstanding requests" }] }));
  const { errors } = await answered(
    datasource({ lokiUid: "loki" }, refusing),
    request({ refId: "A", queryType: "runs" }),
  );
  expect(errors).toEqual([
    { refId: "A", status: 429, message: expect.stringContaining("too many outstanding requests") },
  ]);
});

it.each([
  [{}, "No Loki is set"],
  [{ lokiUid: "loki", baseSelector: "{" }, "base selector"],
])("asks nothing with settings that cannot be used: %j", async (jsonData, text) => {
  const instance = loki(vi.fn());
  const { errors } = await answered(datasource(jsonData, instance), request({ refId: "A", queryType: "runs" }));
  expect(errors?.[0]?.message).toContain(text);
  expect(instance.query).not.toHaveBeenCalled();
});

it("streams while it is listened to and keeps rows through a failure", async () => {
  vi.useFakeTimers();
  let asked = 0;
  const flaky = loki(() =>
    ++asked === 1 ? of({ data: [] }) : of({ data: [], error: { status: 502, message: "gateway" } }),
  );
  const source = datasource({ lokiUid: "loki" }, flaky);
  const live = {
    ...request({ refId: "A", queryType: "runs", mode: "recorded", statuses: ["completed"] }),
    liveStreaming: true,
  };
  const seen: Promise<DataQueryResponse[]> = firstValueFrom(source.query(live).pipe(take(2), toArray()));
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  const [first, second] = await seen;
  expect(first).toMatchObject({ state: "Streaming", key: "Q1-live" });
  expect(second?.errors).toHaveLength(1);
  expect(second?.data).toHaveLength(1);
});

it("puts variables into stored queries for Explore", () => {
  const source = datasource({ lokiUid: "loki" });
  const stored = { refId: "A", queryType: "runs", filter: { agents: ["$agent"] } };
  expect(source.interpolateVariablesInQueries([stored], {})).toEqual([
    {
      refId: "A",
      version: 1,
      queryType: "runs",
      filter: { agents: ["a", "b"] },
      datasource: { uid: "ours", type: "dunetrace-agents-datasource" },
    },
  ]);
  expect(source.getQueryDisplayText(stored)).toBe("Runs · $agent");
  expect(source.filterQuery({ refId: "A", queryType: "run", runId: "" })).toBe(false);
  expect(source.getDefaultQuery("explore")).toMatchObject({ queryType: "runs" });
});

it("tests what it is set to", async () => {
  expect(await datasource({ lokiUid: "loki" }).testDatasource()).toMatchObject({
    status: "success",
    message: expect.stringContaining("holds no run of the last 24 hours"),
  });
  expect(await datasource({}).testDatasource()).toMatchObject({
    status: "error",
    message: expect.stringContaining("No Loki"),
  });
  const failing = { ...loki(), testDatasource: async () => Promise.reject(new Error("Unable to connect with Loki")) };
  expect(await datasource({ lokiUid: "loki" }, failing).testDatasource()).toMatchObject({
    status: "error",
    message: expect.stringContaining("Unable to connect with Loki"),
  });
});

it("gives the app what its pages ask with", async () => {
  const { ask, viewSettings, lokiUid, lokiName } = datasource({ lokiUid: "loki", listCap: 7 });
  expect({ viewSettings, lokiUid, lokiName }).toMatchObject({
    viewSettings: { listCap: 7, pollMs: 2500 },
    lokiUid: "loki",
    lokiName: "Loki",
  });
  expect(await ask("agents", { range: { from: NOW - 1000, to: NOW } })).toEqual({ agents: [] });
});
