import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OpenBindError } from "../../collector/server/app";
import { NO_BASELINES } from "../../core/baselines";
import { DetectorConfig, parseDetectorConfig } from "../../core/detectors";
import { openStore } from "../../loki";
import { storeCollector } from "../collect/storeCollector";
import { quietRun, START } from "../testing/runWriter";
import { pageRoutes } from "./routes";
import { detectorDocument, type PageSettings } from "./settings";

const settings: PageSettings = {
  version: "1.2.3",
  detectors: detectorDocument(new DetectorConfig()),
  baselines: undefined,
  source: "dunetrace dev, reading <b>",
  stallAfterMs: 90_000,
};
const lines = quietRun({ run_id: "aaaaaaaa-1", start: START }).lines;

describe("pageRoutes", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "dunetrace-page-"));
    mkdirSync(join(folder, "viewer/assets"), { recursive: true });
    writeFileSync(join(folder, "viewer/index.html"), "<title>Dunetrace</title>");
    writeFileSync(join(folder, "viewer/assets/index.js"), "1");
    writeFileSync(join(folder, "secret.txt"), "secret");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function serve(host = "127.0.0.1", built = join(folder, "viewer"), apiKey?: string) {
    const app = new Hono();
    const store = openStore({ clock: () => START / 1000 + 60_000 });
    const io = { now: () => START / 1000 + 60_000, every: () => () => undefined };
    const { routes } = storeCollector({ store, detectors: new DetectorConfig(), baselines: NO_BASELINES, io, apiKey });
    pageRoutes({ collector: routes, settings, host, folder: built })(app);
    app.post("/loki/api/v1/push", (c) => c.body(null, 204));
    const ask = (path: string, init: RequestInit = {}, name = "127.0.0.1:3100") =>
      app.request(`http://${name}${path}`, { ...init, headers: { host: name, ...init.headers } });
    return { ask, store };
  }

  it("serves the page with a policy that runs no code but its own", async () => {
    const { ask } = serve();
    const page = await ask("/");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Dunetrace");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    const script = await ask("/assets/index.js");
    expect(script.headers.get("content-type")).toMatch(/javascript/);
  });

  it("says how the page is built where it is not", async () => {
    const answer = await serve("127.0.0.1", join(folder, "none")).ask("/");
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("npm run build");
  });

  it.each(["/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"])(
    "serves nothing outside its folder: %s",
    async (path) => {
      expect(await (await serve().ask(path)).text()).not.toContain("secret\n");
      expect((await serve().ask(path)).status).toBe(404);
    },
  );

  it("tells the page what it goes by", async () => {
    const answer: unknown = await (await serve().ask("/page/settings.json")).json();
    expect(answer).toMatchObject({ version: "1.2.3", stallAfterMs: 90_000 });
  });

  it("takes lines, also among those of other programs", async () => {
    const { ask, store } = serve();
    const body = `booting…\n${lines.join("")}\n`;
    const answer = await ask("/v1/events", { method: "POST", body });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ taken: lines.length, foreign: 1, broken: 0 });
    expect(store.span).toBeDefined();
  });

  it("answers scripts from its store, traces and the rest of the collector included", async () => {
    const { ask } = serve();
    await ask("/v1/events", { method: "POST", body: lines.join("") });
    const answer: unknown = await (await ask("/v1/runs")).json();
    expect(answer).toMatchObject({ runs: [{ run_id: "aaaaaaaa-1", status: "completed" }], has_more: false });
    const traces = await ask("/v1/traces", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(traces.status).toBe(200);
  });

  it("refuses what is cut, and says so", async () => {
    const answer = await serve().ask("/v1/events", { method: "POST", body: lines[0]?.slice(0, -20) ?? "" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ taken: 0, broken: 1 });
  });

  it("answers no other site, by name or by origin", async () => {
    const { ask } = serve();
    expect((await ask("/page/settings.json", {}, "evil.example")).status).toBe(421);
    expect((await ask("/page/settings.json", { headers: { origin: "http://evil.example" } })).status).toBe(403);
    expect((await ask("/page/settings.json", { headers: { origin: "null" } })).status).toBe(403);
    expect((await ask("/page/settings.json", { headers: { origin: "http://127.0.0.1:3100" } })).status).toBe(200);
    expect((await ask("/page/settings.json", {}, "localhost:3100")).status).toBe(200);
    expect((await ask("/page/settings.json", {}, "[::1]:3100")).status).toBe(200);
  });

  it("answers by any name where it listens for others", async () => {
    const { ask } = serve("0.0.0.0", undefined, "k");
    expect((await ask("/page/settings.json", {}, "box.lan:3100")).status).toBe(200);
  });

  it("takes nothing from other machines without a key", () => {
    expect(() => serve("0.0.0.0")).toThrow(OpenBindError);
    expect(() => serve("0.0.0.0")).toThrow(/DUNETRACE_COLLECTOR_KEY/);
    expect(() => serve("192.168.1.5")).toThrow(OpenBindError);
  });

  it.each([
    ["POST", "/v1/traces", 415],
    ["POST", "/v1/events", 200],
    ["POST", "/v1/deploy", 422],
    ["GET", "/v1/runs", 200],
    ["GET", "/metrics", 200],
    ["POST", "/loki/api/v1/push", 204],
  ])("asks for its key where lines are sent or told of: %s %s", async (method, path, status) => {
    const { ask } = serve("0.0.0.0", undefined, "k");
    const init = (headers: Record<string, string>) => ({
      method,
      headers,
      ...(method === "POST" ? { body: "{}" } : {}),
    });
    expect((await ask(path, init({}), "box.lan:3100")).status).toBe(401);
    expect((await ask(path, init({ authorization: "Bearer other" }), "box.lan:3100")).status).toBe(401);
    expect((await ask(path, init({ authorization: "Bearer k" }), "box.lan:3100")).status).toBe(status);
  });
});

describe("detectorDocument", () => {
  it("reads back as what it was made of, sections of agents and what is off included", () => {
    const config = parseDetectorConfig(
      { default: { tool_loop: { threshold: 7 } }, "support-bot": { retry_storm: { shadow: true } } },
      "test",
    );
    const again = parseDetectorConfig(JSON.parse(JSON.stringify(detectorDocument(config))), "again");
    expect(again.agents).toEqual(["support-bot"]);
    expect(again.settingsFor("support-bot")).toEqual(config.settingsFor("support-bot"));
    expect(again.settingsFor("other")).toEqual(config.settingsFor("other"));
  });
});
