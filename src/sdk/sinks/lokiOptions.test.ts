import { describe, expect, it } from "vitest";
import { type LokiPushOptions, resolveLoki } from "./lokiOptions";

const url = "http://localhost:3100";

describe("the options of direct push", () => {
  it("are off without a url", () => {
    expect(resolveLoki(undefined, {})).toBeUndefined();
    expect(() => resolveLoki({}, {})).toThrow('The option "loki" has no url.');
  });

  it("come from the environment, and from code first", () => {
    const environment = {
      DUNETRACE_LOKI_PUSH_URL: `${url}/loki/api/v1/push`,
      DUNETRACE_LOKI_PUSH_TENANT: "a",
      DUNETRACE_LOKI_PUSH_LABELS: "cluster=eu,zone=1",
      DUNETRACE_LOKI_PUSH_BATCH_WAIT_MS: "50",
      DUNETRACE_LOKI_PUSH_RUN_ID_METADATA: "true",
    };
    expect(resolveLoki({ tenant: "b" }, environment)).toMatchObject({
      url,
      tenant: "b",
      labels: { cluster: "eu", zone: "1" },
      batchWaitMs: 50,
      runIdMetadata: true,
      maxBatchBytes: 1_048_576,
      maxQueueBytes: 8_388_608,
      timeoutMs: 10_000,
    });
  });

  it("name the nearest option", () => {
    const misspelt: LokiPushOptions = Object.assign({ url }, { tennant: "a" });
    expect(() => resolveLoki(misspelt, {})).toThrow('Unknown option "loki.tennant". Did you mean "loki.tenant"?');
  });

  it.each<[string, LokiPushOptions, string]>([
    ["a url with credentials", { url: "http://u:hidden@localhost" }, "must not hold a user name or password"],
    ["a url with a query", { url: `${url}?a=hidden` }, "without ? and #"],
    ["a user without password", { url, username: "u" }, "go together"],
    ["two ways to say who", { url, username: "u", password: "hidden", bearerToken: "hidden" }, "not both"],
    ["a header of two lines", { url, tenant: "hidden\r\nx: y" }, "printable ASCII"],
    ["a label of the line", { url, labels: { agent_id: "a" } }, "is taken from each line"],
    ["a wrong label name", { url, labels: { "a-b": "a" } }, "letters, digits and _"],
    ["an empty label", { url, labels: { a: "" } }, "has no value"],
    [
      "too many labels",
      { url, labels: Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`l${at}`, "x"])) },
      "13 labels",
    ],
    ["a wait of 0", { url, batchWaitMs: 0 }, "whole number from 1 to 60000"],
  ])("refuse %s", (_, options, message) => {
    expect(() => resolveLoki(options, {})).toThrow(message);
    expect(() => resolveLoki(options, {})).not.toThrow("hidden");
  });
});
