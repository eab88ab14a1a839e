import { appendFileSync, closeSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { linesOf, temporaryFolder } from "../testing/files";
import { SyncSink } from "./sync";
import { FileTarget } from "./target";

const folder = temporaryFolder();

describe("the file of an output", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_795_168_800_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const open = (path: string) => new SyncSink(new FileTarget(path), () => undefined);

  it("is made with its folders, and appended to", () => {
    const path = join(folder(), "logs", "deep", "agent.ndjson");
    open(path).write("a\n");
    appendFileSync(path, "other\n");
    open(path).write("b\n");
    expect(linesOf(path)).toEqual(["a", "other", "b"]);
  });

  it("is followed when it is rotated, within a millisecond", () => {
    const path = join(folder(), "agent.ndjson");
    const sink = open(path);
    sink.write("a\n");
    renameSync(path, `${path}.1`);
    sink.write("b\n");
    vi.advanceTimersByTime(1);
    sink.write("c\n");
    expect(linesOf(`${path}.1`)).toEqual(["a", "b"]);
    expect(linesOf(path)).toEqual(["c"]);
  });

  it("is made again when it was removed", () => {
    const path = join(folder(), "agent.ndjson");
    const sink = open(path);
    rmSync(path);
    vi.advanceTimersByTime(1);
    sink.write("a\n");
    expect(linesOf(path)).toEqual(["a"]);
  });

  it("is opened again when somebody else closed it", () => {
    const path = join(folder(), "agent.ndjson");
    const target = new FileTarget(path);
    const sink = new SyncSink(target, () => undefined);
    closeSync(target.descriptor()?.fd ?? -1);
    expect(sink.write("lost\n")).toBe(false);
    vi.advanceTimersByTime(1);
    expect(sink.write("a\n")).toBe(true);
    expect(linesOf(path)).toEqual(["a"]);
  });

  it("goes on in the old file while the path cannot be opened", () => {
    const parent = folder();
    const path = join(parent, "logs", "agent.ndjson");
    const sink = open(path);
    renameSync(join(parent, "logs"), join(parent, "old"));
    appendFileSync(join(parent, "logs"), "a file where the folder was");
    vi.advanceTimersByTime(1);
    expect(sink.write("a\n")).toBe(true);
    expect(linesOf(join(parent, "old", "agent.ndjson"))).toEqual(["a"]);
  });

  it("takes nothing after it was closed", async () => {
    const path = join(folder(), "agent.ndjson");
    const sink = open(path);
    await sink.close();
    expect(sink.write("a\n")).toBe(false);
    expect(sink.dropped).toBe(1);
    expect(existsSync(path)).toBe(true);
  });
});
