import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linesOf, temporaryFolder } from "../testing/files";
import { ended, Processes } from "../testing/processes";

const folder = temporaryFolder();
let processes: Processes;
beforeAll(async () => {
  processes = await Processes.prepare();
});
afterAll(() => processes.dispose());

const RUNS = 20;
/** Plays some runs of four lines each, then does something final. */
const script = (options: string, end: string) => `
  const dt = new SDK.Dunetrace(${options});
  for (let at = 0; at < ${RUNS}; at++) dt.run("agent", (run) => { run.toolCalled("search", { at }).responded({ output: "x" }); });
  ${end}
`;
const typesOf = (lines: string[]) => lines.map((line): string => JSON.parse(line).event_type);

const WAYS = {
  "process.exit": "process.exit(3);",
  "an uncaught error": 'throw new Error("crash");',
  "an unhandled rejection": 'Promise.reject(new Error("crash"));',
  "its natural end": "",
  "kill -9": "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});",
  SIGTERM: "process.kill(process.pid, 'SIGTERM'); await new Promise(() => {});",
};

describe("a process that writes in sync mode", () => {
  it.each(Object.keys(WAYS) as (keyof typeof WAYS)[])("loses nothing by %s", async (way) => {
    const file = join(folder(), "agent.ndjson");
    await processes.run(script(JSON.stringify({ file }), WAYS[way]));
    expect(linesOf(file)).toHaveLength(RUNS * 4);
  });
});

describe("a process that writes in batched mode", () => {
  const options = (file: string, more = {}) =>
    JSON.stringify({ file, writeMode: "batched", flushIntervalMs: 60_000, ...more });

  it.each(["process.exit", "an uncaught error", "an unhandled rejection", "its natural end"] as const)(
    "loses nothing by %s",
    async (way) => {
      const file = join(folder(), "agent.ndjson");
      const { code } = await processes.run(script(options(file), WAYS[way]));
      expect(code).toBe({ "process.exit": 3, "its natural end": 0 }[way as string] ?? 1);
      expect(linesOf(file)).toHaveLength(RUNS * 4);
    },
  );

  it.each(["SIGTERM", "SIGINT", "SIGHUP"])("flushes on %s where it is asked to, and still dies of it", async (name) => {
    const file = join(folder(), "agent.ndjson");
    const end = `process.kill(process.pid, "${name}"); await new Promise((resolve) => setTimeout(resolve, 60_000));`;
    const { signal } = await processes.run(script(options(file, { flushOnSignals: true }), end));
    expect(signal).toBe(name);
    expect(linesOf(file)).toHaveLength(RUNS * 4);
  });

  it("leaves a signal to a handler of the application", async () => {
    const file = join(folder(), "agent.ndjson");
    const end =
      'process.on("SIGTERM", () => process.exit(7)); process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 60_000);';
    const { code } = await processes.run(script(options(file, { flushOnSignals: true }), end));
    expect(code).toBe(7);
    expect(linesOf(file)).toHaveLength(RUNS * 4);
  });

  it("loses at most what waited when it is killed", async () => {
    const file = join(folder(), "agent.ndjson");
    const options = JSON.stringify({ file, writeMode: "batched", flushIntervalMs: 20 });
    const child = processes.start(
      script(options, 'setTimeout(() => console.log("waited"), 300); setInterval(() => {}, 1000);'),
    );
    if (child.stdout === null) throw new Error("no stdout");
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await ended(child);
    expect(linesOf(file)).toHaveLength(RUNS * 4);
  });
});

describe("stdout", () => {
  it("carries lines beside the application's own output", async () => {
    const { stdout, stderr } = await processes.run(script("{ emitAsJson: true }", 'console.log("done");'));
    const lines = stdout.split("\n").slice(0, -1);
    expect(lines.at(-1)).toBe("done");
    expect(typesOf(lines.slice(0, -1))).toHaveLength(RUNS * 4);
    expect(stderr).toBe("");
  });

  it("does not end the process when its reader goes away", async () => {
    const file = join(folder(), "witness.ndjson");
    const child = processes.start(`
      import { writeFileSync } from "node:fs";
      const dt = new SDK.Dunetrace({ emitAsJson: true });
      const play = () => dt.run("agent", (run) => { run.toolCalled("search"); });
      play();
      process.stdin.resume().on("end", () => {
        for (let at = 0; at < 10; at++) play();
        writeFileSync(${JSON.stringify(file)}, JSON.stringify(dt.counters) + "\\n");
      });
    `);
    if (child.stdout === null || child.stdin === null) throw new Error("no pipes");
    await readUntil(child.stdout, (text) => text.includes("run.completed"));
    child.stdout.destroy();
    await once(child.stdout, "close");
    child.stdin.end();
    const { code } = await ended(child);
    expect(code).toBe(0);
    expect(JSON.parse(linesOf(file)[0] ?? "")).toEqual({ dropped: { stdout: 30 }, faults: 0 });
  });

  it("drops whole lines and counts them while its reader is blocked, and waits for no line long", async () => {
    const file = join(folder(), "witness.ndjson");
    const child = processes.start(`
      import { writeFileSync } from "node:fs";
      // Makes the pipe refuse instead of wait, as any library may.
      process.stdout.write("");
      const dt = new SDK.Dunetrace({ emitAsJson: true });
      let longest = 0;
      for (let at = 0; at < 300; at++) {
        const start = performance.now();
        dt.run("agent", (run) => { run.toolCalled("search"); });
        longest = Math.max(longest, performance.now() - start);
      }
      writeFileSync(${JSON.stringify(file)}, JSON.stringify({ ...dt.counters, longest }) + "\\n");
      process.stdin.resume().on("end", () => {
        dt.run("after", (run) => { run.toolCalled("search"); });
        process.exit();
      });
    `);
    const { stdout, stdin } = child;
    if (stdout === null || stdin === null) throw new Error("no pipes");
    while (!existsSync(file) || linesOf(file).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const witness = JSON.parse(linesOf(file)[0] ?? "");
    const reading = ended(child);
    // Only then is the pipe empty: what was read first may have waited in this process's own stream, not in the pipe.
    const taken = 900 - witness.dropped.stdout;
    await readUntil(stdout, (text) => text.split("\n").length > taken);
    stdin.end();
    const lines = (await reading).stdout
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(witness.dropped.stdout).toBeGreaterThan(100);
    expect(lines.length + witness.dropped.stdout).toBe(903);
    expect(lines.at(-1)).toMatchObject({ agent_id: "after", event_type: "run.completed" });
    expect(witness.longest).toBeLessThan(1000);
  });
});

/** Reads on until what was read is enough. */
function readUntil(stream: Readable, isEnough: (text: string) => boolean): Promise<void> {
  return new Promise((resolve) => {
    let text = "";
    const read = (chunk: Buffer | string): void => {
      text += String(chunk);
      if (!isEnough(text)) return;
      stream.off("data", read);
      resolve();
    };
    stream.on("data", read);
  });
}

describe("an endpoint", () => {
  it("gets the lines of a process that ends without a shutdown, and none that is away keeps it alive", async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding("utf8").on("data", (chunk: string) => bodies.push(chunk));
      request.on("end", () => response.end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const options = JSON.stringify({ endpoint: `http://127.0.0.1:${address.port}` });
    expect((await processes.run(script(options, ""))).code).toBe(0);
    expect(typesOf(bodies.join("").split("\n").slice(0, -1))).toHaveLength(RUNS * 4);
    server.closeAllConnections();
    server.close();
    const start = performance.now();
    expect((await processes.run(script(options, ""))).code).toBe(0);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

/** The endpoint option for a server that was started, and how to end it. */
async function serving(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return JSON.stringify({ endpoint: `http://127.0.0.1:${address.port}` });
}

/** Has the first request under way long before the process is finished, and tells how long the end took. */
const WAITED = `
  await new Promise((resolve) => setTimeout(resolve, 400));
  const start = performance.now();
  process.on("exit", () => console.log(JSON.stringify([performance.now() - start, dt.counters])));`;

describe("a collector that takes nothing", () => {
  it("that never answers keeps no finished process alive, and what it did not take is told", async () => {
    const server = createServer(() => undefined);
    const options = await serving(server);
    const { code, stdout, stderr } = await processes.run(script(options, WAITED));
    server.closeAllConnections();
    server.close();
    expect(code).toBe(0);
    const [waited, { dropped }] = JSON.parse(stdout);
    // A second of patience, and room for a busy machine; the server would never have answered.
    expect(waited).toBeLessThan(10_000);
    expect(Object.values(dropped)).toEqual([RUNS * 4]);
    expect(stderr.match(/80 lines were not delivered to endpoint http:/g)).toHaveLength(1);
  });

  it.skipIf(process.platform !== "linux")("not even connections holds no finished process for long", async () => {
    // A stopped process whose queue of connections is full: Linux ignores whoever else asks.
    const listener = processes.start(`
      import { createServer } from "node:net";
      const server = createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(server.address().port));
    `);
    if (listener.stdout === null) throw new Error("no stdout");
    const port = Number(await new Promise<Buffer>((resolve) => listener.stdout?.once("data", resolve)));
    listener.kill("SIGSTOP");
    const callers: Socket[] = [];
    for (let isTaken = true; isTaken; ) {
      const caller = connect(port, "127.0.0.1");
      callers.push(caller);
      isTaken = await new Promise<boolean>((resolve) => {
        caller.once("connect", () => resolve(true)).once("error", () => resolve(false));
        setTimeout(() => resolve(false), 300);
      });
    }
    const options = JSON.stringify({ endpoint: `http://127.0.0.1:${port}` });
    const { code, stdout, stderr } = await processes.run(script(options, WAITED));
    for (const caller of callers) caller.destroy();
    listener.kill("SIGKILL");
    expect(code).toBe(0);
    // A second for the connection, a second of patience, and room for a busy machine: Linux itself would try for minutes.
    expect(JSON.parse(stdout)[0]).toBeLessThan(10_000);
    expect(stderr).toContain("80 lines were not delivered to endpoint http:");
  });

  it("that answers 500 is told of once", async () => {
    const server = createServer((_request, response) => response.writeHead(500).end());
    const options = await serving(server);
    const { stderr } = await processes.run(script(options, ""));
    server.closeAllConnections();
    server.close();
    expect(stderr.match(/answers 500/g)).toHaveLength(1);
    expect(stderr).toContain("80 lines were not delivered to endpoint http:");
  });
});

describe("a full disk", () => {
  it("costs lines and nothing else", async () => {
    const { code, stdout } = await processes.run(`
      const sync = new SDK.Dunetrace({ file: "/dev/full" });
      const batched = new SDK.Dunetrace({ file: "/dev/full", writeMode: "batched" });
      for (const dt of [sync, batched]) dt.run("agent", (run) => { run.toolCalled("search"); });
      await Promise.all([sync.shutdown({ timeoutMs: 50 }), batched.shutdown({ timeoutMs: 50 })]);
      console.log(JSON.stringify([sync.counters, batched.counters]));
    `);
    expect(code).toBe(0);
    const lost = { dropped: { "file /dev/full": 3 }, faults: 0 };
    expect(JSON.parse(stdout)).toEqual([lost, lost]);
  });
});

describe("four writers into one file", () => {
  it.each(["sync", "batched"])("leave every run whole in %s mode", async (writeMode) => {
    const file = join(folder(), "agents.ndjson");
    const options = JSON.stringify({ file, writeMode, flushIntervalMs: 5 });
    const play = `
      const dt = new SDK.Dunetrace(${options});
      for (let at = 0; at < 200; at++) {
        dt.run("agent-" + process.pid, (run) => { run.toolCalled("search", { at }).responded({ output: "x".repeat(at) }); });
        if (at % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await dt.shutdown();
    `;
    const results = await Promise.all(Array.from({ length: 4 }, () => processes.run(play)));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const runs = new Map<string, number[]>();
    for (const line of linesOf(file)) {
      const { run_id, seq } = JSON.parse(line);
      runs.set(run_id, [...(runs.get(run_id) ?? []), seq]);
    }
    expect(runs.size).toBe(800);
    expect([...runs.values()].every((seqs) => seqs.join() === "0,1,2,3")).toBe(true);
  });
});

describe("the package", () => {
  it("starts nothing when it is imported", async () => {
    const { stdout } = await processes.run(`
      const state = () => JSON.stringify([
        process.getActiveResourcesInfo(),
        process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
        Object.getOwnPropertySymbols(globalThis).map(String),
      ]);
      const before = state();
      await import("./sdk.cjs");
      console.log(before === state());
    `);
    expect(stdout).toBe("true\n");
  });

  it("keeps no process alive", async () => {
    const { code } = await processes.run(`
      const options = { file: ${JSON.stringify(join(folder(), "a.ndjson"))}, writeMode: "batched", flushIntervalMs: 60_000 };
      new SDK.Dunetrace(options).startRun("agent").toolCalled("search");
    `);
    expect(code).toBe(0);
  });

  it("shares its run context between the ESM and the CJS copy", async () => {
    const { stdout } = await processes.run(`
      import { createRequire } from "node:module";
      const cjs = createRequire(import.meta.url)("./sdk.cjs");
      const outer = new SDK.Dunetrace({ emitAsJson: true });
      const inner = new cjs.Dunetrace({ emitAsJson: true });
      const search = inner.tool(async function search() {});
      await outer.run("outer", async (run) => {
        if (cjs.getCurrentRun() !== run) throw new Error("two contexts");
        await search();
        inner.run("inner", () => undefined);
      });
    `);
    const lines = stdout
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(lines.map(({ agent_id, event_type }) => `${agent_id} ${event_type}`)).toEqual([
      "outer run.started",
      "outer tool.called",
      "outer tool.responded",
      "inner run.started",
      "inner run.completed",
      "outer run.completed",
    ]);
    expect(lines[3].parent_run_id).toBe(lines[0].run_id);
    const ts = lines.map((line): string => line.ts);
    expect([...new Set(ts)].sort()).toEqual(ts);
  });

  it("knows the policy violations of its other copy", async () => {
    const { stdout } = await processes.run(`
      import { createRequire } from "node:module";
      const cjs = createRequire(import.meta.url)("./sdk.cjs");
      const run = new SDK.Dunetrace().startRun("agent");
      run.fail(new cjs.PolicyViolation("cap"));
      console.log(run.exitReason, new Error("cap") instanceof SDK.PolicyViolation);
    `);
    expect(stdout).toBe("policy_violation false\n");
  });

  it("refuses a file in a folder that cannot be made", async () => {
    const { stderr } = await processes.run('new SDK.Dunetrace({ file: "/proc/nope/x/agent.ndjson" });');
    expect(stderr).toContain("/proc/nope/x/agent.ndjson, which cannot be opened for writing: ENOENT");
  });

  it("says on stderr that its baselines are missing", async () => {
    const { code, stderr } = await processes.run('new SDK.Dunetrace({ baselines: "nope.json" });');
    expect(code).toBe(0);
    expect(stderr).toContain("nope.json (baselines) is not there yet");
  });

  it("says once on stderr that no output is configured", async () => {
    const { stdout, stderr } = await processes.run(`
      const quiet = new SDK.Dunetrace();
      if (process.env.NEVER) quiet.run("agent", () => undefined);
      for (const dt of [new SDK.Dunetrace(), new SDK.Dunetrace()]) {
        dt.run("agent", (run) => { run.toolCalled("search"); });
        dt.run("agent", () => undefined);
      }
    `);
    expect(stdout).toBe("");
    expect(stderr.match(/no output is configured/g)).toHaveLength(1);
  });
});
