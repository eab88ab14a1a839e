import { once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeLoki } from "../testing/fakeLoki";
import { ended, Processes } from "../testing/processes";

let processes: Processes;
let loki = new FakeLoki();
let url = "";
beforeAll(async () => {
  processes = await Processes.prepare();
});
afterAll(() => processes.dispose());
beforeEach(async () => {
  loki = new FakeLoki();
  url = await loki.listen();
});
afterEach(() => loki.close());

const RUNS = 20;
/** Plays some runs of four lines each with direct push, then does something final. */
const script = (end: string, options: object = { loki: { url } }) => `
  const dt = new SDK.Dunetrace(${JSON.stringify(options)});
  const play = (runs) => {
    for (let at = 0; at < runs; at++) dt.run("agent", (run) => { run.toolCalled("search").responded({ output: "x" }); });
  };
  play(${RUNS});
  ${end}
`;
/** Goes on when Loki has what was played so far. */
const PUSHED = `
  while (Object.values(dt.counters.sent)[0] < ${RUNS * 4}) await new Promise((resolve) => setTimeout(resolve, 10));`;
const ENDS = {
  "process.exit": "process.exit(3);",
  "an uncaught error": 'throw new Error("crash");',
  "an unhandled rejection": 'Promise.reject(new Error("crash"));',
};
const WAYS = Object.keys(ENDS) as (keyof typeof ENDS)[];

describe("a process that pushes to Loki", () => {
  it("pushes what waits at its natural end, told where by the environment", async () => {
    const environment = { DUNETRACE_LOKI_PUSH_URL: url, DUNETRACE_LOKI_PUSH_TENANT: "team-a" };
    const { code, stderr } = await processes.run(script("", {}), environment);
    expect([code, stderr]).toEqual([0, ""]);
    expect(loki.lines).toHaveLength(RUNS * 4);
    expect(loki.received[0]?.headers["x-scope-orgid"]).toBe("team-a");
  });

  it.each(WAYS)("loses nothing by %s after a shutdown", async (way) => {
    const { stderr } = await processes.run(script(`await dt.shutdown();\n${ENDS[way]}`));
    expect(loki.lines).toHaveLength(RUNS * 4);
    expect(stderr).not.toContain("not delivered");
  });

  it.each(WAYS)("loses by %s what waited, and says how much", async (way) => {
    const end = `${PUSHED}\nplay(1);\n${ENDS[way]}`;
    const { code, stderr } = await processes.run(script(end));
    expect(code).toBe(way === "process.exit" ? 3 : 1);
    expect(loki.lines).toHaveLength(RUNS * 4);
    expect(stderr).toContain(`dunetrace: 4 lines were not delivered to loki ${url} before the end.`);
  });

  it("loses by kill -9 what waited", async () => {
    const end = `${PUSHED}\nplay(1);\nprocess.kill(process.pid, "SIGKILL");\nawait new Promise(() => {});`;
    const { signal } = await processes.run(script(end));
    expect(signal).toBe("SIGKILL");
    expect(loki.lines).toHaveLength(RUNS * 4);
  });

  it("ends in spite of a Loki that hangs or is away, and says what was lost", async () => {
    loki.answers.push("hang");
    const hanging = await processes.run(script(""));
    await loki.close();
    const away = await processes.run(script(""));
    for (const { code, stderr } of [hanging, away]) {
      expect(code).toBe(0);
      expect(stderr.match(/80 lines were not delivered to loki/g)).toHaveLength(1);
    }
  });
});

describe("a signal to a process that pushes to Loki", () => {
  const WAIT = "setInterval(() => {}, 1000);";
  const KILL = (name: string): string => `process.kill(process.pid, "${name}");\n${WAIT}`;
  /** Nothing is pushed but by a flush. */
  const slow = (flushOnSignals = true) => ({ loki: { url, batchWaitMs: 60_000 }, flushOnSignals });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"])("has it push with flushOnSignals, and die of %s", async (name) => {
    const { signal, stderr } = await processes.run(script(KILL(name), slow()));
    expect([signal, stderr]).toEqual([name, ""]);
    expect(loki.lines).toHaveLength(RUNS * 4);
  });

  it("waits no longer than its patience for a Loki that hangs, and says what was lost", async () => {
    loki.answers.push("hang");
    const { signal, stderr } = await processes.run(script(KILL("SIGTERM"), slow()));
    expect(signal).toBe("SIGTERM");
    expect(stderr).toContain("80 lines were not delivered to loki");
  });

  it("ends it at once when it is the second", async () => {
    loki.answers.push("hang");
    const child = processes.start(script(KILL("SIGTERM"), slow()));
    loki.onRequest = () => void child.kill("SIGTERM");
    const { signal, stderr } = await ended(child);
    expect([signal, stderr]).toEqual(["SIGTERM", ""]);
  });

  it("is left to a handler of the application, which can shut down", async () => {
    const end = `process.on("SIGTERM", () => dt.shutdown().then(() => process.exit(7)));\n${KILL("SIGTERM")}`;
    const { code } = await processes.run(script(end, slow()));
    expect(code).toBe(7);
    expect(loki.lines).toHaveLength(RUNS * 4);
  });

  it("costs what waits without flushOnSignals", async () => {
    const child = processes.start(script(`console.log("played");\n${WAIT}`, slow(false)));
    if (child.stdout === null) throw new Error("no stdout");
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect((await ended(child)).signal).toBe("SIGTERM");
    expect(loki.lines).toEqual([]);
  });
});
