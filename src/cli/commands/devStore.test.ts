import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../main";
import { dunetrace, records } from "../testing/command";
import { FakeIo, type FakeIoOptions } from "../testing/fakeIo";
import { folderWith } from "../testing/folder";
import { loopingRun, quietRun, RunWriter, START } from "../testing/runWriter";
import { servedStore } from "../testing/servedStore";

const MINUTE = 60_000_000;
const looping = loopingRun({ run_id: "bbbbbbbb-2", start: START - MINUTE });
const quiet = quietRun({ run_id: "aaaaaaaa-1", start: START - MINUTE + 1_000_000 });

class Session {
  readonly io: FakeIo;
  readonly #done: Promise<number>;

  constructor(args: readonly string[], options: FakeIoOptions = {}) {
    this.io = new FakeIo(options);
    this.#done = main(["dev", ...args], this.io);
  }

  get out(): string {
    return this.io.stdout.text;
  }
  get err(): string {
    return this.io.stderr.text;
  }

  /** Lets time pass until it is so; connections take their own time. */
  async until(isSo: () => boolean): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`it never came to that:\n${this.out}\n${this.err}`);
      await this.io.tick(10);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** The address that a session with --listen printed. */
  async url(): Promise<string> {
    await this.until(() => this.err.includes("Loki for development on http"));
    return /Loki for development on (\S+):/.exec(this.err)?.[1] ?? "";
  }

  end(): Promise<number> {
    this.io.interrupt();
    return this.#done;
  }
  get done(): Promise<number> {
    return this.#done;
  }
}

/** Pushes lines as an agent does. */
async function push(url: string, lines: readonly string[]): Promise<number> {
  const streams = new Map<string, [string, string][]>();
  for (const text of lines) {
    const line = text.trimEnd();
    const { ts, event_type } = JSON.parse(line);
    const values = streams.get(event_type) ?? [];
    streams.set(event_type, values);
    values.push([`${Date.parse(ts)}${ts.slice(-4, -1)}000`, line]);
  }
  const answer = await fetch(`${url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      streams: [...streams].map(([event_type, values]) => ({
        stream: { agent_id: "research-agent", event_type },
        values,
      })),
    }),
  });
  return answer.status;
}

describe("dunetrace dev and its store", () => {
  it("watches each line once, however often it comes", async () => {
    const once = await dunetrace(["dev", "-"], { stdin: looping.text });
    const often = await dunetrace(["dev", "-"], { stdin: looping.lines.map((line) => line + line).join("") });
    expect(often).toEqual(once);
    expect(once.out).toContain("completed   bbbbbbbb");
  });

  it("answers as a Loki with --listen, and goes on after its input ended", async () => {
    const session = new Session(["-", "--listen", "127.0.0.1:0"], { stdin: quiet.text });
    const url = await session.url();
    await session.until(() => session.out.includes("completed   aaaaaaaa"));
    const { out } = await dunetrace(["runs", "--loki", url, "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject([{ run_id: quiet.run_id, status: "completed", facts: { steps: 3 } }]);
    expect(await session.end()).toBe(0);
    await expect(fetch(`${url}/ready`)).rejects.toThrow();
  });

  it("shows what agents push, in the order of their lines", async () => {
    const session = new Session(["--listen", "0"]);
    const url = await session.url();
    expect(await push(url, looping.lines)).toBe(204);
    expect(await push(url, looping.lines)).toBe(204);
    await session.until(() => session.out.includes("completed"));
    const events = session.out.split("\n").map((line) => line.slice(10, 22).trim());
    expect(events).toEqual(["started", "● MEDIUM", "▲ HIGH", "completed", ""]);
    expect(await session.end()).toBe(0);
  });

  it("says where it answers on the screen too", async () => {
    const session = new Session(["--listen", "0"], { terminal: { columns: 100, rows: 24 }, env: { NO_COLOR: "1" } });
    await session.until(() => session.out.includes("Waiting for runs (taking pushes)"));
    expect(session.io.shown).toHaveLength(1);
    expect(session.out).toMatch(/q quit {2}page on http:\/\/127\.0\.0\.1:\d+/);
    session.io.press("q");
    expect(await session.done).toBe(0);
  });

  it("keeps lines in a folder, and knows the runs of the last time", async () => {
    const cwd = folderWith({ "runs.ndjson": looping.text + quiet.lines.slice(0, 4).join("") });
    const first = new Session(["runs.ndjson", "--data", "kept"], { cwd });
    await first.until(() => first.out.includes("started     aaaaaaaa"));
    const second = await dunetrace(["dev", "runs.ndjson", "--data", "kept"], { cwd });
    expect(second).toMatchObject({ code: 2, err: expect.stringMatching(/^dunetrace: .*kept is in use by process/) });
    expect(await first.end()).toBe(0);

    const again = new Session(["runs.ndjson", "--data", "kept", "--format", "ndjson"], { cwd });
    appendFileSync(join(cwd, "runs.ndjson"), quiet.lines.slice(4).join(""));
    await again.until(() => again.out.includes("ended"));
    // Only what is new is told, and of the whole run.
    expect(records(again.out)).toMatchObject([{ event: "ended", run_id: quiet.run_id, facts: { steps: 3 } }]);
    expect(await again.end()).toBe(0);

    const terminal = { columns: 100, rows: 24 };
    const screen = new Session(["runs.ndjson", "--data", "kept"], { cwd, terminal, env: { NO_COLOR: "1" } });
    await screen.until(() => screen.out.includes("2 runs · 1 with HIGH or worse"));
    expect(screen.out).toMatch(/completed bbbbbbbb research-agent +5\.9 s +9/);
    expect(await screen.end()).toBe(0);
  });

  it("refuses a folder that is no store's and an address that is taken", async () => {
    const cwd = folderWith({ "runs.ndjson": quiet.text });
    expect(await dunetrace(["dev", "runs.ndjson", "--data", "."], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining("choose an empty or new folder"),
    });
    const { url } = await servedStore([]);
    const port = new URL(url).port;
    expect(await dunetrace(["dev", "-", "--listen", port], { stdin: quiet.text })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^dunetrace: Cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE.*choose another address/),
    });
  });

  it("takes lines from other machines only with a key", async () => {
    const { code, err } = await dunetrace(["dev", "--listen", "0.0.0.0:0"]);
    expect(code).toBe(2);
    expect(err).toContain("DUNETRACE_COLLECTOR_KEY");
    const session = new Session(["--listen", "0.0.0.0:0"], { env: { DUNETRACE_COLLECTOR_KEY: "k" } });
    const url = await session.url();
    const send = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${url}/v1/events`, { method: "POST", body: quiet.lines.join(""), headers })).status;
    expect([await send({}), await send({ authorization: "Bearer k" })]).toEqual([401, 200]);
    expect(await push(url, looping.lines)).toBe(401);
    expect(await session.end()).toBe(0);
  });

  it("watches lines that the store does not take, and says so once", async () => {
    const lines = ["x".repeat(3000), "y".repeat(3000)].map(
      (agent_id, at) => `${JSON.stringify({ ...JSON.parse(quiet.lines[0] ?? ""), agent_id, run_id: `long-${at}` })}\n`,
    );
    const { out, err } = await dunetrace(["dev", "-"], { stdin: lines.join("") + quiet.text });
    expect(out).toContain("started     long-0");
    expect(out).toContain("completed   aaaaaaaa");
    expect(err).toContain("Watched, but not kept: ");
  });
});

describe("dunetrace dev --loki", () => {
  it("shows runs of a Loki as they happen, once each, and goes on after it was away", async () => {
    const { url, store } = await servedStore(looping.lines);
    const session = new Session(["--loki", url]);
    await session.until(() => session.out.includes("completed   bbbbbbbb"));
    const quiet = quietRun({ run_id: "aaaaaaaa-1", start: session.io.time * 1000 });
    store.pushLines(quiet.lines.slice(0, 4));
    await session.until(() => session.out.includes("started     aaaaaaaa"));
    store.pushLines(quiet.lines.slice(4));
    await session.until(() => session.out.includes("completed   aaaaaaaa"));

    await store.close();
    await session.until(() => session.err.includes("trying again"));
    expect(session.err).toContain(url);
    const late = quietRun({ run_id: "cccccccc-3", start: session.io.time * 1000 });
    await servedStore([...looping.lines, ...quiet.lines, ...late.lines], Number(new URL(url).port));
    await session.until(() => session.out.includes("completed   cccccccc"));
    expect(session.err).toMatch(/answers again\n$/);
    expect(session.out.split("\n").filter((line) => line.includes("started"))).toHaveLength(3);
    expect(await session.end()).toBe(0);
  });

  it("brings the beginning of runs that began before it looks", async () => {
    const long = new RunWriter({ run_id: "dddddddd-4", start: START - 285 * MINUTE });
    for (let at = 0; at < 3; at++) long.llm({}, 100).event("external.signal", { signal_name: "wait" }, 95 * 60_000);
    const { url, store } = await servedStore(long.lines);
    const session = new Session(["--loki", url, "--since", "30m", "--format", "ndjson"]);
    await session.until(() => session.out.includes("started"));
    store.pushLines(long.llm().completed().lines.slice(-3));
    await session.until(() => session.out.includes("ended"));
    expect(records(session.out).at(-1)).toMatchObject({ event: "ended", facts: { llm_calls: 4, steps: 4 } });
    expect(await session.end()).toBe(0);
  });

  it("takes one agent's runs when asked to, and serves them", async () => {
    const other = quietRun({ run_id: "eeeeeeee-5", agent_id: "other", start: START - MINUTE });
    const { url } = await servedStore([...quiet.lines, ...other.lines]);
    const session = new Session(["--loki", url, "--agent", "other", "--listen", "0"]);
    await session.until(() => session.out.includes("completed"));
    expect(session.out).not.toContain("aaaaaaaa");
    const { out } = await dunetrace(["runs", "--loki", await session.url(), "--format", "ndjson"]);
    expect(records(out)).toMatchObject([{ run_id: other.run_id }]);
    expect(await session.end()).toBe(0);
  });

  it("waits for a Loki that is not there yet, and says on the screen what is wrong", async () => {
    const { url, store } = await servedStore([]);
    await store.close();
    const terminal = { columns: 100, rows: 24 };
    const session = new Session(["--loki", url], { terminal, env: { NO_COLOR: "1" } });
    const frame = (): string => session.out.split("\u001b[H").at(-1) ?? "";
    await session.until(() => frame().split("\r\n")[1]?.includes(url) === true);
    expect(frame()).toContain(`Waiting for runs (watching ${url})`);
    await servedStore(quiet.lines, Number(new URL(url).port));
    await session.until(() => frame().includes("completed aaaaaaaa"));
    expect(frame().split("\r\n")[1]).toBe("\u001b[K");
    session.io.press("q");
    expect(await session.done).toBe(0);
  });

  it("ends when the Loki refuses it from the start, and when there is nothing or too much to watch", async () => {
    const { url } = await servedStore([]);
    const refused = await dunetrace(["dev", "--loki", `${url}/elsewhere`]);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("404") });
    const err = async (...args: string[]): Promise<string> => (await dunetrace(["dev", ...args])).err;
    expect(await err("runs.ndjson", "--loki", url)).toContain("exclude each other");
    expect(await err()).toMatch(/^dunetrace: Nothing to watch; name a file, pipe lines in .*--loki\n$/);
    expect(await err("--loki", "nonsense")).toMatch(/^dunetrace: /);
  });
});
