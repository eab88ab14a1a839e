import { afterEach, describe, expect, it, vi } from "vitest";
import { Dunetrace } from "./client";
import * as notices from "./notices";
import type { DunetraceOptions } from "./options";
import { environmentName, resolveOptions } from "./resolveOptions";

/** Options as JavaScript code may give them. */
function untyped(options: object): DunetraceOptions {
  return options;
}

const failureOf = (options: object, environment = {}): string => {
  try {
    resolveOptions(untyped(options), environment);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : "no error";
  }
  return "nothing thrown";
};

describe("resolveOptions", () => {
  afterEach(() => vi.restoreAllMocks());

  it("has defaults for what need not be said", () => {
    expect(resolveOptions({}, {})).toMatchObject({
      emitAsJson: false,
      writeMode: "sync",
      flushIntervalMs: 200,
      capture: "hash",
      maxLineBytes: 16_000,
      flushOnSignals: false,
      debug: false,
      endpoint: undefined,
    });
  });

  it.each([
    [{ emitAsJSON: true }, 'Unknown option "emitAsJSON". Did you mean "emitAsJson"?'],
    [{ endpont: "http://localhost" }, 'Unknown option "endpont". Did you mean "endpoint"?'],
    [{ lokki: { url: "http://localhost" } }, 'Unknown option "lokki". Did you mean "loki"?'],
    [{ loki: { adress: "http://localhost" } }, 'Unknown option "loki.adress". Did you mean "loki.'],
    [{ loki: { batchwaitms: 5 } }, 'Did you mean "loki.batchWaitMs"?'],
    [{ loki: { max_queue_bytes: 5 } }, 'Did you mean "loki.maxQueueBytes"?'],
    [{ loki: "http://localhost:3100" }, 'The option "loki" must be an object, such as { url'],
    [{ loki: null }, 'The option "loki" must be an object, such as { url'],
    [{ hash_key: "k" }, 'Unknown option "hash_key". Did you mean "hashKey"?'],
    [{ capture: "fulll" }, 'one of hash, shape, full, but is "fulll". Did you mean "full"?'],
    [{ writeMode: 1 }, 'The option "writeMode" must be one of sync, batched, but is 1.'],
    [{ emitAsJson: "maybe" }, 'The option "emitAsJson" must be true or false, but is "maybe".'],
    [{ endpoint: "localhost:4318" }, "an http or https URL"],
    [{ file: "" }, 'The option "file" must be a text that is not empty, but is "".'],
    [{ file: 5 }, 'The option "file" must be a text that is not empty, but is 5.'],
    [{ emitAsJson: "true" }, 'The option "emitAsJson" must be true or false, but is "true".'],
    [{ debug: 1 }, 'The option "debug" must be true or false, but is 1.'],
    [{ flushIntervalMs: 0 }, "a whole number from 1 to 60000, but is 0."],
    [{ flushIntervalMs: "50" }, 'a whole number from 1 to 60000, but is "50".'],
    [{ tagKeys: "team,tier" }, 'The option "tagKeys" must be a list of texts, but is "team,tier".'],
    [{ humanTools: { ask: true } }, 'The option "humanTools" must be a list of texts, but is an object.'],
    [{ tags: "team=search" }, 'The option "tags" must be an object of texts, but is "team=search".'],
    [{ capture: "x".repeat(99) }, `but is "${"x".repeat(60)}…".`],
    [{ endpoint: "admin:hunter2@host" }, 'but is "…@host".'],
    [{ maxLineBytes: 70_000 }, "a whole number from 1024 to 65536"],
    [{ tagKeys: ["team", 5] }, "a list of texts only, but has 5."],
    [{ tags: { team: 5 } }, 'an object whose values are texts, but has 5 at "team".'],
    [{ clock: 5 }, "a function that returns µs"],
    [{ logger: {} }, "a pino logger or a destination with a write method"],
    [{ detectors: 7 }, 'The option "detectors" must be a text that is not empty, but is 7.'],
  ])("refuses %j", (options, message) => {
    expect(failureOf(options)).toContain(message);
    expect(failureOf(options)).toMatch(/^OptionsError/);
  });

  it.each([4711, ["sk-4711"], { key: "sk-4711" }, null, "  "])("never shows a secret such as %j", (value) => {
    for (const name of ["apiKey", "hashKey"]) {
      const failure = failureOf({ [name]: value });
      expect(failure).toContain(`The option "${name}" must be a text that is not empty, but is`);
      expect(failure).not.toContain("4711");
    }
  });

  it("refuses them when the client is made", () => {
    expect(() => new Dunetrace(untyped({ emitAsJSON: true }))).toThrow('Did you mean "emitAsJson"?');
  });

  it("takes undefined for not given", () => {
    expect(resolveOptions(untyped({ capture: undefined }), { DUNETRACE_CAPTURE: "shape" }).capture).toBe("shape");
  });

  it("reads every option that is data from the environment", () => {
    const environment = {
      DUNETRACE_AGENT_ID: "support",
      DUNETRACE_EMIT_AS_JSON: "true",
      DUNETRACE_FILE: "/tmp/agent.ndjson",
      DUNETRACE_WRITE_MODE: "batched",
      DUNETRACE_FLUSH_INTERVAL_MS: "50",
      DUNETRACE_ENDPOINT: "http://localhost:4318/",
      DUNETRACE_API_KEY: "dt_live",
      DUNETRACE_MAX_QUEUE_BYTES: "100000",
      DUNETRACE_CAPTURE: "shape",
      DUNETRACE_HASH_KEY: "k",
      DUNETRACE_VERSION: "1.2.3",
      DUNETRACE_ENVIRONMENT: "production",
      DUNETRACE_TAGS: "team=search, tier=gold",
      DUNETRACE_TAG_KEYS: "team, tier",
      DUNETRACE_HUMAN_TOOLS: "ask_human,approve",
      DUNETRACE_DETECTORS: "detectors.yml",
      DUNETRACE_BASELINES: "baselines.json",
      DUNETRACE_POLICIES: "policies.json",
      DUNETRACE_PRICES: "prices.json",
      DUNETRACE_GRAFANA_URL: "https://grafana.example.com/",
      DUNETRACE_MAX_LINE_BYTES: "8000",
      DUNETRACE_FLUSH_ON_SIGNALS: "yes",
      DUNETRACE_DEBUG: "1",
    };
    const resolved = resolveOptions({}, environment);
    expect(resolved).toEqual({
      agentId: "support",
      emitAsJson: true,
      file: "/tmp/agent.ndjson",
      writeMode: "batched",
      flushIntervalMs: 50,
      logger: undefined,
      endpoint: "http://localhost:4318",
      apiKey: "dt_live",
      loki: undefined,
      maxQueueBytes: 100_000,
      capture: "shape",
      hashKey: "k",
      version: "1.2.3",
      environment: "production",
      tags: { team: "search", tier: "gold" },
      tagKeys: ["team", "tier"],
      humanTools: ["ask_human", "approve"],
      detectors: "detectors.yml",
      baselines: "baselines.json",
      policies: "policies.json",
      prices: "prices.json",
      grafanaUrl: "https://grafana.example.com",
      maxLineBytes: 8000,
      flushOnSignals: true,
      debug: true,
      clock: undefined,
    });
    // Objects and functions come from code; what is in `loki` has variables of its own.
    const fromCode = ["logger", "clock", "loki"];
    const fromTheEnvironment = Object.keys(resolved).filter((name) => !fromCode.includes(name));
    expect(fromTheEnvironment.map(environmentName).sort()).toEqual(Object.keys(environment).sort());
  });

  it("reads the options of direct push, from code and from the environment", () => {
    const environment = { DUNETRACE_LOKI_PUSH_URL: "http://localhost:3100/", DUNETRACE_LOKI_PUSH_TENANT: "a" };
    const said = vi.spyOn(notices, "sayOnce").mockReturnValue();
    expect(resolveOptions({}, environment).loki).toMatchObject({ url: "http://localhost:3100", tenant: "a" });
    expect(resolveOptions({ loki: { tenant: "b" } }, environment).loki).toMatchObject({ tenant: "b" });
    expect(said).not.toHaveBeenCalled();
    // The command line reads from there: that alone makes no agent push.
    expect(resolveOptions({}, { DUNETRACE_LOKI_URL: "http://localhost:3100" }).loki).toBeUndefined();
    expect(said).not.toHaveBeenCalled();
    resolveOptions({}, { DUNETRACE_LOKI_PUSH_URI: "http://localhost:3100" });
    expect(said.mock.calls[0]?.[0]).toContain("Did you mean DUNETRACE_LOKI_PUSH_URL?");
  });

  it("lets an option given in code win", () => {
    expect(resolveOptions({ emitAsJson: false }, { DUNETRACE_EMIT_AS_JSON: "true" }).emitAsJson).toBe(false);
  });

  it("refuses a wrong value in the environment and names the variable", () => {
    expect(failureOf({}, { DUNETRACE_CAPTURE: "all" })).toContain("The environment variable DUNETRACE_CAPTURE must be");
    expect(failureOf({}, { DUNETRACE_TAGS: "team" })).toContain("key=value,key=value");
  });

  it("takes an empty variable for not set", () => {
    expect(resolveOptions({}, { DUNETRACE_CAPTURE: "", DUNETRACE_FILE: "" }).file).toBeUndefined();
  });

  it("tells of unknown variables, naming the nearest, and goes on", () => {
    const said = vi.spyOn(notices, "sayOnce").mockReturnValue();
    const elsewhere = { DUNETRACE_POLICY_SECRET: "Python's", DUNETRACE_COLLECTOR_KEY: "the collector's", PATH: "/bin" };
    resolveOptions({}, { DUNETRACE_EMIT_JSON: "true", ...elsewhere });
    expect(said.mock.calls).toEqual([
      ["the environment variable DUNETRACE_EMIT_JSON is unknown. Did you mean DUNETRACE_EMIT_AS_JSON?"],
    ]);
  });

  it("takes the environment from OpenTelemetry's resource attributes where nothing else is said", () => {
    const OTEL_RESOURCE_ATTRIBUTES = "service.name=shop,deployment.environment.name=staging%20eu";
    expect(resolveOptions({}, { OTEL_RESOURCE_ATTRIBUTES }).environment).toBe("staging eu");
    expect(resolveOptions({}, { OTEL_RESOURCE_ATTRIBUTES: "deployment.environment=old" }).environment).toBe("old");
    expect(resolveOptions({ environment: "prod" }, { OTEL_RESOURCE_ATTRIBUTES }).environment).toBe("prod");
  });
});
