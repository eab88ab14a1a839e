import { readFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { Dunetrace } from "../client";
import { linesOf, temporaryFolder } from "../testing/files";
import { destinationOf, PinoSink } from "./pino";

const folder = temporaryFolder();

function play(dt: Dunetrace): void {
  dt.run("research", (run) => run.toolCalled("search").responded({ success: false }));
}

const typesOf = (lines: string[]) => lines.map((line): string => JSON.parse(line).event_type ?? "other");

describe("a pino logger", () => {
  it("carries lines unchanged beside its own", async () => {
    const path = join(folder(), "app.log");
    const logger = pino({ name: "app" }, pino.destination({ dest: path, sync: true }));
    const dt = new Dunetrace({ logger: logger.child({ module: "agent" }) });
    logger.info("before");
    play(dt);
    await dt.shutdown();
    logger.info("after");
    const lines = linesOf(path);
    expect(typesOf(lines)[0]).toBe("other");
    expect(typesOf(lines).at(-1)).toBe("other");
    expect(typesOf(lines)).toEqual(expect.arrayContaining(["run.started", "tool.called", "run.completed"]));
    expect(lines[1]).toMatch(/^\{"ts":"[^"]+","level":"info","logger":"dunetrace",/);
  });

  it("is flushed by dt.flush, where it writes asynchronously", async () => {
    const path = join(folder(), "app.log");
    const destination = pino.destination({ dest: path, sync: false, minLength: 4096 });
    await new Promise((resolve) => destination.once("ready", resolve));
    const dt = new Dunetrace({ logger: pino(destination) });
    play(dt);
    expect(readFileSync(path, "utf8")).toBe("");
    await dt.flush();
    expect(typesOf(linesOf(path)).at(-1)).toBe("run.completed");
  });

  it("may have several streams by level", () => {
    const all: string[] = [];
    const warnings: string[] = [];
    const streams = pino.multistream([
      { level: "info", stream: { write: (line: string) => void all.push(line) } },
      { level: "warn", stream: { write: (line: string) => void warnings.push(line) } },
    ]);
    play(new Dunetrace({ logger: pino({}, streams) }));
    expect(typesOf(all)).toContain("run.completed");
    expect(typesOf(warnings)).toContain("tool.responded");
    expect(typesOf(warnings)).not.toContain("tool.called");
  });

  it("may be a destination alone", () => {
    const texts: string[] = [];
    play(new Dunetrace({ logger: { write: (line) => texts.push(line) } }));
    expect(typesOf(texts)).toContain("run.completed");
  });
});

describe("destinationOf", () => {
  it.each([undefined, null, 5, "stdout", {}, { info: () => undefined }, { write: true }])(
    "finds none in %j",
    (value) => {
      expect(destinationOf(value)).toBeUndefined();
    },
  );
});

describe("the logger's sink", () => {
  it("counts what a broken destination loses, and keeps its errors from the process", () => {
    const listeners = new Map<string, (error?: unknown) => void>();
    const destination = {
      write: (_line: string) => {
        throw new Error("closed");
      },
      on: (event: string, listener: (error?: unknown) => void) => void listeners.set(event, listener),
      flushSync: () => {
        throw new Error("not ready");
      },
    };
    const told: string[] = [];
    const sink = new PinoSink(destination, (_topic, message) => told.push(message));
    expect(sink.write("a\n", "info")).toBe(false);
    listeners.get("error")?.(new Error("ENOSPC"));
    listeners.get("drop")?.("b\n");
    sink.flushSync();
    expect(sink.dropped).toBe(3);
    expect(told).toEqual([
      "the logger's destination loses lines: closed",
      "the logger's destination loses lines: ENOSPC",
      "the logger's destination loses lines: its buffer is full",
      "the logger's destination could not be flushed: not ready",
    ]);
  });
});
