import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../main";
import { dunetrace } from "../testing/command";
import { FakeIo } from "../testing/fakeIo";
import { folderWith } from "../testing/folder";

interface Running {
  readonly url: string;
  readonly io: FakeIo;
  /** Interrupts it and waits for its end. */
  stop(): Promise<number>;
}

async function running(...args: string[]): Promise<Running> {
  const io = new FakeIo({ cwd: folderWith() });
  const ended = main(["loki", "--listen", "127.0.0.1:0", ...args], io);
  let over = false;
  void ended.finally(() => {
    over = true;
  });
  while (!io.stdout.text.includes("http://")) {
    if (over) throw new Error(`it ended: ${io.stderr.text}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const url = /http:\S+/.exec(io.stdout.text)?.[0] ?? "";
  return {
    url,
    io,
    stop: () => {
      io.interrupt();
      return ended;
    },
  };
}

describe("dunetrace loki", () => {
  it("serves until it is interrupted and says how to push", async () => {
    const { url, io, stop } = await running();
    expect(io.stdout.text.split("\n")).toEqual([
      `Loki for development on ${url}`,
      "Lines    in memory, gone at the end; --data keeps them",
      `Push     ${url}/loki/api/v1/push (JSON)`,
      `Grafana  add a Loki datasource with the URL ${url}`,
      `Runs     dunetrace runs --loki ${url}`,
      "",
    ]);
    expect(await (await fetch(`${url}/ready`)).text()).toBe("ready\n");
    expect(await stop()).toBe(0);
    await expect(fetch(`${url}/ready`)).rejects.toThrow();
  });

  it("keeps lines in a folder", async () => {
    const dir = join(folderWith(), "data");
    const first = await running("--data", dir);
    expect(first.io.stdout.text).toContain(`Lines    ${dir}\n`);
    const ts = `${first.io.time - 1000}000000`;
    const push = await fetch(`${first.url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ streams: [{ stream: { agent_id: "a" }, values: [[ts, "kept"]] }] }),
    });
    expect(push.status).toBe(204);
    const other = await dunetrace(["loki", "--listen", "0", "--data", dir]);
    expect(other).toEqual({
      code: 2,
      out: "",
      err: expect.stringMatching(/^dunetrace: .* is in use by process \d+; stop/),
    });
    expect(await first.stop()).toBe(0);
    expect(readdirSync(dir)).toEqual(["2026-11-20T09.index", "2026-11-20T09.lines", "store.json"]);
    const second = await running("--data", dir, "--retention", "30d", "--max-size", "10MB", "--cache", "1MB");
    const found = await fetch(`${second.url}/loki/api/v1/label/agent_id/values`);
    expect(await found.json()).toEqual({ status: "success", data: ["a"] });
    await second.stop();
  });

  it.each([
    [["--listen", "nowhere"], /must be HOST:PORT/],
    [["--listen", "127.0.0.1:99999"], /must be HOST:PORT/],
    [["--retention", "soon"], /must be a time such as/],
    [["--max-size", "0GB"], /must be a size such as/],
    [["--listen", "203.0.113.1:0"], /^dunetrace: Cannot listen on 203\.0\.113\.1:0: .*; choose another address\n$/],
  ])("refuses %s", async (args, text) => {
    const { code, err } = await dunetrace(["loki", ...args]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(text) });
  });

  it("refuses a folder that holds something else", async () => {
    const dir = folderWith();
    writeFileSync(join(dir, "notes"), "mine");
    expect((await dunetrace(["loki", "--data", dir])).err).toMatch(/holds files that are not a store's; choose/);
  });
});
