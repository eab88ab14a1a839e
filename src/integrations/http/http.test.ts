import { createServer, get, type IncomingMessage, request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PolicyViolation } from "../../sdk";
import { RecordedClient } from "../../sdk/testing/record";
import type { Instrumentation } from "../models/patch";
import { instrumentFetch, instrumentHttp } from ".";

const earlier = globalThis.fetch;
const server = createServer((asked, response) => {
  const status = Number(asked.url?.match(/\/status\/(\d+)/)?.[1] ?? 200);
  if (asked.url === "/drop") {
    response.destroy();
    return;
  }
  response.writeHead(status, status === 302 ? { location: "/" } : { "content-length": "13" });
  response.end(status === 302 ? "" : "CANARY-answer");
});
let url = "";
let port = 0;

const undo: Instrumentation[] = [];
const made = (one: Instrumentation): Instrumentation => {
  undo.push(one);
  return one;
};

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  port = address.port;
  url = `http://127.0.0.1:${port}`;
});
afterEach(() => {
  for (const one of undo.splice(0)) one.unpatch();
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** What a run told of its tools, and that it told no content. */
async function told(program: () => Promise<unknown>, client = new RecordedClient()) {
  await client.dt.run("agent", program);
  expect(client.texts.join("")).not.toContain("CANARY");
  expect(client.texts.join("")).not.toContain(`:${port}`);
  return {
    client,
    called: client.of("tool.called").map(({ payload }) => payload),
    responded: client.of("tool.responded").map(({ payload }) => payload),
  };
}

/** A request by node:http: its status, after its body. */
const viaHttp = (path: string, method = "GET", body?: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const open = request({ host: "127.0.0.1", port, path, method }, (answer: IncomingMessage) => {
      answer.resume().on("end", () => resolve(answer.statusCode));
    });
    open.on("error", reject).end(body);
  });

const ways: readonly [string, () => Instrumentation, (path: string) => Promise<unknown>][] = [
  ["fetch", instrumentFetch, (path) => globalThis.fetch(`${url}${path}`).then((answer) => answer.text())],
  ["a copy of fetch made earlier", instrumentFetch, (path) => earlier(`${url}${path}`).then((answer) => answer.text())],
  ["node:http", instrumentHttp, viaHttp],
];

describe.each(ways)("requests by %s", (_, instrument, ask) => {
  it("are calls of a tool named like the host", async () => {
    made(instrument());
    const { called, responded } = await told(() => ask("/search?q=CANARY-query"));
    expect(called).toEqual([
      { tool_name: "127.0.0.1", args_hash: expect.any(String), args_length: expect.any(Number) },
    ]);
    expect(responded).toEqual([
      { tool_name: "127.0.0.1", success: true, output_length: 13, latency_ms: expect.any(Number) },
    ]);
  });

  it("have the same arguments when they ask for the same", async () => {
    made(instrument());
    const { called } = await told(async () => {
      for (const path of ["/a?q=1", "/a?q=1", "/a?q=2"]) await ask(path);
    });
    const [first, second, third] = called.map(({ args_hash }) => args_hash);
    expect(first).toBe(second);
    expect(first).not.toBe(third);
  });

  it.each([404, 500])("fail with status %d", async (status) => {
    made(instrument());
    const { responded } = await told(() => ask(`/status/${status}`));
    expect(responded).toMatchObject([{ success: false, error_type: "HttpStatus", error_hash: expect.any(String) }]);
  });

  it("fail when the connection breaks", async () => {
    made(instrument());
    const { called, responded } = await told(() => ask("/drop").catch(() => "failed"));
    expect(called).toHaveLength(1);
    expect(responded).toMatchObject([{ success: false, error_hash: expect.any(String) }]);
  });

  it("are not told outside of runs, and no longer after the way back", async () => {
    const client = new RecordedClient();
    const { unpatch } = made(instrument());
    await ask("/");
    unpatch();
    await client.dt.run("agent", () => ask("/"));
    expect(client.of("tool.called")).toEqual([]);
  });

  it("are told once, however often it is asked for", async () => {
    made(instrument());
    expect(made(instrument()).patched).toEqual([]);
    const { called } = await told(() => ask("/"));
    expect(called).toHaveLength(1);
  });

  it("tell only hashes of what they asked for, even with full capture", async () => {
    made(instrument());
    const client = new RecordedClient({ capture: "full" });
    const { called } = await told(() => ask("/CANARY-path?key=CANARY-key"), client);
    expect(called).toHaveLength(1);
  });
});

describe("fetch", () => {
  it("gives what it gave", async () => {
    const { unpatch } = made(instrumentFetch());
    const client = new RecordedClient();
    expect(globalThis.fetch.name).toBe(earlier.name);
    const seen = await client.dt.run("agent", async () => {
      const answer = await fetch(new Request(`${url}/a`, { method: "POST", body: "x" }));
      return [answer instanceof Response, answer.status, await answer.text()];
    });
    expect(seen).toEqual([true, 200, "CANARY-answer"]);
    unpatch();
    expect(globalThis.fetch).toBe(earlier);
  });

  it("tells bodies apart, as far as it knows them", async () => {
    made(instrumentFetch());
    const { called } = await told(async () => {
      const post = (body: string | Uint8Array<ArrayBuffer> | Blob) => fetch(url, { method: "post", body });
      await post("CANARY-1");
      await post("CANARY-1");
      await post("CANARY-2");
      await post(new TextEncoder().encode("CANARY-1"));
      await post(new Blob(["CANARY-1"]));
      await fetch(new Request(url, { method: "POST", body: "CANARY-1" }));
    });
    const [first, second, third, bytes, blob, asRequest] = called.map(({ args_hash }) => args_hash);
    expect(first).toBe(second);
    expect(bytes).toBe(first);
    expect(third).not.toBe(first);
    expect([blob, asRequest]).toEqual([undefined, undefined]);
  });

  it("is one call, however often it is redirected", async () => {
    made(instrumentFetch());
    const { called, responded } = await told(() => fetch(`${url}/status/302`));
    expect([called.length, responded]).toEqual([1, [expect.objectContaining({ success: true })]]);
  });

  it("tells hosts that cannot be reached, and requests that were aborted", async () => {
    made(instrumentFetch());
    const { responded } = await told(async () => {
      await fetch("http://127.0.0.1:1/").catch(() => undefined);
      await fetch(url, { signal: AbortSignal.abort() }).catch(() => undefined);
    });
    expect(responded).toMatchObject([
      { success: false, error_type: "TypeError" },
      { success: false, error_type: "AbortError" },
    ]);
  });

  it("leaves addresses alone that are none of the network's", async () => {
    made(instrumentFetch());
    const { called } = await told(async () => {
      await fetch("data:text/plain,CANARY");
      await fetch("no address").catch(() => undefined);
    });
    expect(called).toEqual([]);
  });

  it("is stopped by a policy before anything is sent", async () => {
    made(instrumentFetch());
    const client = new RecordedClient();
    client.dt.addPolicy({
      name: "offline",
      condition: { trigger: "tool_call_count", operator: "gt", value: 0 },
      action: { type: "stop" },
    });
    await expect(client.dt.run("agent", () => fetch(url))).rejects.toThrow(PolicyViolation);
    expect(client.of("tool.responded")).toEqual([]);
  });
});

describe("node:http", () => {
  it("leaves the arguments of requests with a body unknown", async () => {
    made(instrumentHttp());
    const { called } = await told(() => viaHttp("/", "POST", "CANARY-body"));
    expect(called).toEqual([{ tool_name: "127.0.0.1" }]);
  });

  it("tells hosts that cannot be reached", async () => {
    made(instrumentHttp());
    const { responded } = await told(() => new Promise((resolve) => get("http://127.0.0.1:1/").on("error", resolve)));
    expect(responded).toMatchObject([{ success: false, error_type: "ECONNREFUSED" }]);
  });

  it("does not tell requests to hosts that serve models", async () => {
    made(instrumentHttp());
    const { called } = await told(
      () =>
        new Promise((resolve, reject) => {
          const open = get({ host: "127.0.0.1", port, headers: { host: "api.openai.com" } }, (answer) => {
            answer.resume().on("end", () => resolve(undefined));
          });
          open.on("error", reject);
        }),
    );
    expect(called).toEqual([]);
  });

  it("is stopped by a policy: the request fails with its violation", async () => {
    made(instrumentHttp());
    const client = new RecordedClient();
    client.dt.addPolicy({
      name: "failures",
      condition: { trigger: "error_count", operator: "gt", value: 0 },
      action: { type: "stop" },
    });
    await expect(client.dt.run("agent", () => viaHttp("/status/500"))).rejects.toThrow(PolicyViolation);
    expect(client.lines.at(-1)?.payload).toMatchObject({ exit_reason: "policy_violation" });
  });
});
