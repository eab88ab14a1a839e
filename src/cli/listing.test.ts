import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenedStore, openStore } from "../loki";
import { dunetrace, records } from "./testing/command";
import { folderWith } from "./testing/folder";
import { loopingRun, quietRun, RunWriter, START } from "./testing/runWriter";

const MINUTE = 60_000_000;
/** The wall clock of every command here: see FakeIo. */
const NOW = 1_795_168_800_000;

const looping = loopingRun({ run_id: "aaaaaaaa-0000-4000-8000-000000000001", start: START - 20 * MINUTE });
const quiet = quietRun({ run_id: "bbbbbbbb-0000-4000-8000-000000000002", start: START - 10 * MINUTE });
const other = quietRun({
  run_id: "cccccccc-0000-4000-8000-000000000003",
  agent_id: "billing",
  start: START - 5 * MINUTE,
});
const hanging = new RunWriter({ run_id: "dddddddd-0000-4000-8000-000000000004", start: START - 30 * MINUTE }).event(
  "tool.called",
  { tool_name: "web_search" },
);
const fresh = new RunWriter({ run_id: "eeeeeeee-0000-4000-8000-000000000005", start: START - 1_000_000 });
const all = [looping, quiet, other, hanging, fresh].flatMap((run) => run.lines);

describe("a Loki", () => {
  let store: OpenedStore;
  let url: string;
  beforeEach(async () => {
    store = openStore({ clock: () => NOW });
    ({ url } = await store.serve({ port: 0 }));
    store.pushLines(all);
  });
  afterEach(() => store.close());

  it("lists its runs, newest first, and tells running from stalled ones", async () => {
    const { out, code, err } = await dunetrace(["runs", "--loki", url]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const rows = out.split("\n").filter((line) => /^(completed|running|stalled)/.test(line));
    expect(rows.map((row) => row.split(/\s+/).slice(0, 2))).toEqual([
      ["running", "eeeeeeee"],
      ["completed", "cccccccc"],
      ["completed", "bbbbbbbb"],
      ["completed", "aaaaaaaa"],
      ["stalled", "dddddddd"],
    ]);
  });

  it("says the same of its runs as their file", async () => {
    const cwd = folderWith({ "runs.ndjson": [looping, quiet, other].map((run) => run.text).join("") });
    const file = "runs.ndjson";
    await store.close();
    store = openStore({ clock: () => NOW });
    ({ url } = await store.serve({ port: 0 }));
    store.pushLines([looping, quiet, other].flatMap((run) => run.lines));
    for (const command of [
      ["runs"],
      ["runs", "--format", "ndjson"],
      ["signals", "--min-severity", "LOW"],
      ["run", "aaaa"],
    ]) {
      const fromLoki = await dunetrace([...command, "--loki", url], { cwd });
      const [name = "", ...rest] = command;
      const words = name === "run" ? [name, "aaaa", file] : [name, file, ...rest];
      const fromFile = await dunetrace(words, { cwd });
      expect(fromLoki).toEqual(fromFile);
      expect(fromFile.code).toBe(0);
    }
  });

  it("is found by environment, and narrowed by agent and time", async () => {
    const env = { DUNETRACE_LOKI_URL: url };
    const { out } = await dunetrace(["runs", "--agent", "billing", "--format", "ndjson"], { env });
    expect(records(out)).toMatchObject([{ agent_id: "billing" }]);
    const recent = await dunetrace(["runs", "--since", "7m", "--format", "ndjson"], { env });
    expect(records(recent.out).map(({ run_id }) => run_id)).toEqual([fresh.run_id, other.run_id]);
    const unknown = await dunetrace(["runs", "--agent", "bilings"], { env });
    expect(unknown).toMatchObject({ code: 2, err: "dunetrace: No run of agent bilings; did you mean billing?\n" });
  });

  it("shows a run by the start of its id, and by its whole id when it has neither start nor end", async () => {
    expect((await dunetrace(["run", "aaaa", "--loki", url])).out).toContain("TOOL_LOOP");
    const orphan = new RunWriter({ run_id: "ffffffff-0000-4000-8000-000000000006", start: START - MINUTE });
    orphan.tool("web_search", "aaaaaaaaaaaaaaaa");
    store.pushLines(orphan.lines.slice(1));
    expect((await dunetrace(["run", orphan.run_id, "--loki", url])).out).toContain("web_search");
    expect(await dunetrace(["run", "zz", "--loki", url])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/No run starts with zz.*in the last 24 h at http.*; --since looks further back/s),
    });
  });

  it("that holds nothing is named, with how far back was looked", async () => {
    const { out, code } = await dunetrace(["runs", "--loki", url, "--since", "1s", "--selector", '{cluster="eu"}']);
    expect(code).toBe(0);
    expect(out).toMatch(/^No runs in the last 1 s at http:.*; --since looks further back/);
    expect((await dunetrace(["signals", "--loki", url, "--selector", '{cluster="eu"}'])).out).toMatch(/^No runs in/);
  });

  it("is asked with its base selector", async () => {
    store.push([
      {
        labels: { agent_id: "elsewhere", event_type: "run.started", cluster: "us" },
        entries: [{ ts: BigInt(NOW - 1000) * 1_000_000n, line: quietRun({ agent_id: "elsewhere" }).lines[0] ?? "" }],
      },
    ]);
    const { out } = await dunetrace(["runs", "--loki", url, "--selector", '{cluster="us"}', "--format", "ndjson"]);
    expect(records(out)).toMatchObject([{ agent_id: "elsewhere" }]);
  });
});

describe("a file", () => {
  it("that holds neither start nor end of a run shows it all the same", async () => {
    const { out } = await dunetrace(["runs", "-", "--format", "ndjson"], { stdin: looping.lines.slice(3, 6).join("") });
    expect(records(out)).toMatchObject([{ run_id: looping.run_id, status: "stalled" }]);
  });
});

describe("what cannot be read", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  it.each([
    [["runs"], "Nothing to read; name files, or a Loki: --loki http://localhost:3100"],
    [["runs", "x.ndjson", "--loki", "http://localhost:1"], "Files and --loki exclude each other"],
    [["runs", "--loki", "localhost:3100"], "is no http or https URL"],
    [["runs", "--loki", "http://127.0.0.1:1", "--username", "me"], "needs a password"],
    [["runs", "--loki", "http://127.0.0.1:1", "--username", "me", "--token", "t"], "exclude each other"],
    [["runs", "--loki", "http://127.0.0.1:1", "--selector", "{cluster}"], "=, !=, =~ or !~"],
    [["runs", "--loki", "http://127.0.0.1:1", "--since", "soon"], "30m, 24h or 7d"],
  ])("is told of %j", async (args, text) => {
    const { code, err } = await dunetrace(args);
    expect(code).toBe(2);
    expect(err).toContain(text);
    expect(err).not.toContain("internal error");
  });

  it("is a Loki that refuses, in its own words", async () => {
    server = createServer((_request, response) => response.writeHead(401).end("no org id\n"));
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const { code, err } = await dunetrace(["signals", "--loki", `http://127.0.0.1:${port}`]);
    expect(code).toBe(2);
    expect(err).toContain("no org id");
    expect(err).not.toContain("internal error");
  });
});
