import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { testFolder } from "../testing/folder";
import { testServer } from "../testing/server";
import { START, START_MS, stored } from "../testing/stored";

const ts = (seconds: number): string => String(START + BigInt(Math.round(seconds * 1e9)));
const body = (...values: unknown[]) => ({ streams: [{ stream: { agent_id: "a" }, values }] });

describe("push", () => {
  it("stores lines and answers 204, plain and compressed", async () => {
    const { push, store } = await testServer();
    const packed = (at: number) => Buffer.from(JSON.stringify(body([ts(at), `line ${at}`])));
    expect(await push(body([ts(0), "line 0"], [ts(1), "with", { run_id: "r" }]))).toEqual({ status: 204, text: "" });
    expect(await push(gzipSync(packed(2)), { "Content-Encoding": "gzip" })).toMatchObject({ status: 204 });
    expect(await push(deflateSync(packed(3)), { "Content-Encoding": "deflate" })).toMatchObject({ status: 204 });
    expect(await push(deflateRawSync(packed(4)), { "Content-Encoding": "deflate" })).toMatchObject({ status: 204 });
    expect(await push(body([ts(0), "line 0"]), { "Content-Type": "application/json; charset=utf-8" })).toMatchObject({
      status: 204,
    });
    expect(stored(store)).toEqual(["a 0 line 0", 'a 1 with {"run_id":"r"}', "a 2 line 2", "a 3 line 3", "a 4 line 4"]);
  });

  it.each([
    ["no JSON", "{", 400, /^The body is no JSON: /],
    ["no object", "[]", 400, /^the body must be an object with streams$/],
    ["null streams", { streams: null }, 422, /^error at least one valid stream is required for ingestion$/],
    ["no streams", {}, 422, /at least one valid stream/],
    ["empty streams", { streams: [] }, 422, /at least one valid stream/],
    ["streams of another type", { streams: 1 }, 400, /^streams must be a list$/],
    [
      "labels of another type",
      { streams: [{ stream: { a: 1 }, values: [] }] },
      400,
      /^streams\[0\]\.stream\.a must be a string$/,
    ],
    [
      "no label name",
      { streams: [{ stream: { "a-b": "1" }, values: [] }] },
      400,
      /^couldn't parse labels: streams\[0\]\.stream: "a-b" is no label name/,
    ],
    ["no entry", body("x"), 400, /^streams\[0\]\.values\[0\] must be \["<ns/],
    [
      "a time that is a number",
      body([1, "x"]),
      400,
      /^streams\[0\]\.values\[0\]\[0\] must be a string of nanoseconds$/,
    ],
    ["a time beyond 64 bits", body(["9999999999999999999", "x"]), 400, /within 64 bits/],
    ["a line that is none", body([ts(0), 1]), 400, /values\[0\]\[1\] must be a string$/],
    ["metadata that is a number", body([ts(0), "x", { a: 1 }]), 400, /values\[0\]\[2\]\.a must be a string$/],
  ])("refuses %s and stores nothing", async (_what, sent, status, text) => {
    const { push, store } = await testServer();
    expect(await push(sent)).toEqual({ status, text: expect.stringMatching(text) });
    expect(stored(store)).toEqual([]);
  });

  it("stores what is valid and names the rest in Loki's words", async () => {
    const { push, store } = await testServer();
    const mixed = [
      [ts(0), "kept"],
      [ts(-7 * 86_400 - 1), "old"],
      [ts(601), "new"],
      [ts(0), "x".repeat(262_145)],
      [ts(600), "x".repeat(262_144)],
    ];
    const { status, text } = await push(body(...mixed));
    expect(status).toBe(400);
    const stream = '{agent_id="a", service_name="unknown_service"}';
    expect(text.split("; ")).toEqual([
      `1 errors like: entry for stream '${stream}' has timestamp too old: 2026-11-13T09:59:59Z, oldest acceptable timestamp is: 2026-11-13T10:00:00Z`,
      `1 errors like: entry for stream '${stream}' has timestamp too new: 2026-11-20T10:10:01Z`,
      `1 errors like: max entry size '262144' bytes exceeded for stream '${stream}' while adding an entry with length '262145' bytes`,
    ]);
    expect(stored(store)).toHaveLength(2);
  });

  it("takes lines up to an hour behind the newest of their stream", async () => {
    const { push, store } = await testServer();
    await push(body([ts(0), "newest"]));
    expect(await push(body([ts(-3600), "in time"]))).toMatchObject({ status: 204 });
    const { status, text } = await push(body([ts(-3600.000000001), "late"], [ts(1), "fine"]));
    expect({ status, lines: text.split("\n") }).toEqual({
      status: 400,
      lines: [
        "entry with timestamp 2026-11-20 08:59:59.999999999 +0000 UTC ignored, reason: 'entry too far behind, entry timestamp is: 2026-11-20T08:59:59Z, oldest acceptable timestamp is: 2026-11-20T09:00:00Z',",
        `user 'fake', total ignored: 1 out of 2 for stream: {agent_id="a", service_name="unknown_service"}`,
      ],
    });
    expect(
      await push({ streams: [{ stream: { agent_id: "b" }, values: [[ts(-3601), "other stream"]] }] }),
    ).toMatchObject({ status: 204 });
    expect(stored(store).map((line) => line.split(" ").slice(2).join(" "))).toEqual(
      expect.arrayContaining(["in time", "newest", "fine", "other stream"]),
    );
  });

  it("limits labels and structured metadata", async () => {
    const { push } = await testServer();
    const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`l${at}`, "v"]));
    const stream = (of: object) => ({ streams: [{ stream: of, values: [[ts(0), "x"]] }] });
    expect(await push(stream(labels(15)))).toMatchObject({ status: 204 });
    expect(await push(stream({}))).toMatchObject({ status: 204 });
    expect((await push(stream(labels(16)))).text).toMatch(
      /^entry for stream '\{l0="v".*' has 16 label names; limit 15$/,
    );
    expect((await push(stream({ ["n".repeat(1025)]: "v" }))).text).toMatch(/has label name too long: 'n+'$/);
    expect(await push(stream({ n: "v".repeat(2048) }))).toMatchObject({ status: 204 });
    expect((await push(stream({ n: "v".repeat(2049) }))).text).toMatch(/has label value too long: 'v+'$/);
    expect((await push(body([ts(0), "x", labels(129)]))).text).toMatch(
      /too many structured metadata labels: '129', limit: '128'/,
    );
    expect((await push(body([ts(0), "x", { k: "v".repeat(65_536) }]))).text).toMatch(
      /metadata too large: '65537' bytes/,
    );
  });

  it("says what to do with protobuf, unknown encodings and bodies that are too large", async () => {
    const { push, url } = await testServer({ maxBodyBytes: 1000 });
    const other = await push("x", { "Content-Type": "application/x-protobuf" });
    expect(other).toEqual({
      status: 400,
      text: expect.stringMatching(/as JSON only.*application\/x-protobuf.*Promtail/),
    });
    expect((await push("{}", { "Content-Encoding": "br" })).text).toBe(
      'Content-Encoding "br" not supported; use gzip or deflate, or send it as it is',
    );
    expect(await push("{}", { "Content-Encoding": "gzip" })).toEqual({
      status: 400,
      text: expect.stringMatching(/^The body is not gzip: /),
    });
    expect(await push(`"${"x".repeat(1000)}"`)).toEqual({
      status: 413,
      text: "request body too large: 1002 bytes, limit: 1000 bytes; send fewer lines at once",
    });
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    expect(await push(bomb.subarray(0, 1001), { "Content-Encoding": "gzip" })).toMatchObject({ status: 413 });
    expect(await push(gzipSync(Buffer.alloc(100_000)), { "Content-Encoding": "gzip" })).toEqual({
      status: 413,
      text: "request body too large when unpacked, limit: 1000 bytes; send fewer lines at once",
    });
    const chunks = new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(600)),
    });
    const streamed = await fetch(`${url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: chunks,
      duplex: "half",
    });
    expect(streamed.status).toBe(413);
  });

  it("answers 500 when the disk is full, says so once, and goes on afterwards", async () => {
    let full = true;
    const { push, store, reports } = await testServer({
      dir: testFolder(),
      clock: () => START_MS,
      write: (_fd, _bytes, _offset, length) => {
        if (full) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
        return length;
      },
    });
    expect(await push(body([ts(0), "x"]))).toEqual({
      status: 500,
      text: expect.stringMatching(
        /^cannot write .*2026-11-20T10\.lines: the disk is full \(free space, or lower --max-size\); nothing of this push was stored$/,
      ),
    });
    for (const hour of [0, -3600]) expect(await push(body([ts(hour), "x"]))).toMatchObject({ status: 500 });
    expect(reports).toEqual([
      expect.stringMatching(/^a push was refused: cannot write .*; said once, until the store writes again$/),
    ]);
    expect(stored(store)).toEqual([]);
    full = false;
    for (const second of [0, 1]) expect(await push(body([ts(second), "x"]))).toMatchObject({ status: 204 });
    expect(reports.slice(1)).toEqual(["the store writes again after 3 refused pushes"]);
    full = true;
    await push(body([ts(2), "x"]));
    expect(reports.slice(2)).toEqual([expect.stringMatching(/^a push was refused: cannot write/)]);
  });
});
