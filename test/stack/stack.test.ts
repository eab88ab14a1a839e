import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { dunetrace } from "../doctor/command";
import { describeReal, temporaryFolder, waitFor } from "../real";

const STACK = join(import.meta.dirname, "../../scripts/stack.mjs");

interface Stack {
  readonly child: ChildProcess;
  readonly data: string;
  /** What it has written to stdout so far. */
  out(): string;
  readonly err: Promise<string>;
  readonly code: Promise<number | null>;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await once(server.close(), "close");
  return address !== null && typeof address === "object" ? String(address.port) : "";
}

function startStack(args: readonly string[], env: Readonly<Record<string, string>> = {}): Stack {
  const data = temporaryFolder("stack");
  const child = spawn(process.execPath, [STACK, "--data", data, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  const err = text(child.stderr);
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await code;
  });
  return { child, data, out: () => out, err, code };
}

/** Those of some processes that are still there. */
function running(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      // ESRCH: it has ended.
      return false;
    }
  });
}

describeReal("npm run stack", ["loki", "promtail"], () => {
  it("brings the demo's lines to Loki, doctor is green, and Ctrl-C ends all of it", { timeout: 120_000 }, async () => {
    const port = await freePort();
    const { child, data, out, err, code } = startStack(["--port", port, "--rate", "240"]);
    const url = `http://127.0.0.1:${port}`;
    const file = join(data, "agents/agents.ndjson");
    await waitFor(() => child.exitCode !== null || out().includes("Ctrl-C ends all of it"), {
      deadlineMs: 90_000,
      what: () => `the stack to be up:\n${out()}`,
    });
    expect(out()).toContain(`Loki      ${url}\n`);
    const ended = /"event_type":"run\.(completed|errored)"/;
    await waitFor(() => existsSync(file) && ended.test(readFileSync(file, "utf8")), {
      deadlineMs: 30_000,
      what: "a run to end",
    });

    // The first lines may still be on their way when the doctor looks for runs.
    const doctor = await waitFor(
      async () => {
        const outcome = await dunetrace(["doctor", "--loki", url, file]);
        return outcome.stdout.includes("not known") ? undefined : outcome;
      },
      { deadlineMs: 30_000, what: "everything to be known" },
    );
    expect(doctor.stdout).toMatch(/\nAll is well: 13 checks passed\.\n$/);
    expect(doctor.code).toBe(0);
    const runs = await dunetrace(["runs", "--loki", url]);
    expect(runs.code).toBe(0);
    expect(runs.stdout).toMatch(/\n\d+ runs? · /);

    for (const [name, part] of [
      ["Collector", "/ready"],
      ["Page", ""],
    ] as const) {
      const address = new RegExp(`^${name} +(\\S+)`, "m").exec(out())?.[1] ?? "";
      await waitFor(
        () =>
          fetch(`${address}${part}`).then(
            ({ ok }) => ok,
            () => false,
          ),
        {
          deadlineMs: 30_000,
          what: `${name} to answer at ${address}`,
        },
      );
    }

    const pids = /Processes (.*)/.exec(out())?.[1]?.match(/\d+/g)?.map(Number) ?? [];
    expect(running(pids)).toHaveLength(5);
    child.kill("SIGINT");
    expect(await code).toBe(0);
    expect(running(pids)).toEqual([]);
    expect(await err).toBe("");
  });

  it("says that a port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
    });
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const { code, err } = startStack(["--port", String(port)]);
    expect(await err).toBe(`Port ${port} of 127.0.0.1 is taken: choose another one with --port.\n`);
    expect(await code).toBe(1);
  });
});

describe("npm run stack without what it needs", () => {
  it("says how to get the binaries", async () => {
    const none = { XDG_CACHE_HOME: temporaryFolder("cache"), LOKI_BIN: "", PROMTAIL_BIN: "" };
    const { code, err } = startStack([], none);
    expect(await err).toBe("There is no binary of loki: run `npm run loki:build`, or name one by LOKI_BIN.\n");
    expect(await code).toBe(1);
  });

  it.each([
    ["--port", "http"],
    ["--port", "70000"],
    ["--rate", "fast"],
    ["--ratio", "3"],
  ])("refuses %s %s", async (option, value) => {
    const { code, err } = startStack([option, value]);
    expect(await err).toContain(option);
    expect((await err).trim().split("\n")).toHaveLength(1);
    expect(await code).toBe(2);
  });
});
