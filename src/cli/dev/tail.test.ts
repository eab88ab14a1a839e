import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Tail } from "./tail";

let folder: string;
let path: string;
let read: string[];
let tail: Tail;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dunetrace-tail-"));
  path = join(folder, "runs.ndjson");
  read = [];
  tail = new Tail(path, {
    chunk: async (bytes) => {
      read.push(Buffer.from(bytes).toString("utf8"));
    },
    reset: async (reason) => {
      read.push(`<${reason}>`);
    },
  });
});

afterEach(async () => {
  await tail.close();
  await rm(folder, { recursive: true });
});

describe("Tail", () => {
  it("reads what is there and what is added", async () => {
    await writeFile(path, "one\n");
    await tail.poll();
    await appendFile(path, "two\n");
    await tail.poll();
    await tail.poll();
    expect(read).toEqual(["one\n", "two\n"]);
  });

  it("waits for a file that is not there yet", async () => {
    await tail.poll();
    expect(read).toEqual([]);
    await writeFile(path, "one\n");
    await tail.poll();
    expect(read).toEqual(["one\n"]);
  });

  it("reads the rest of a file that was moved away, then the new one from its start", async () => {
    await writeFile(path, "one\n");
    await tail.poll();
    await appendFile(path, "two\n");
    await rename(path, `${path}.1`);
    await writeFile(path, "three\n");
    await tail.poll();
    expect(read).toEqual(["one\n", "two\n", "<rotated>", "three\n"]);
  });

  it("goes on reading a moved file until there is a new one", async () => {
    await writeFile(path, "one\n");
    await tail.poll();
    await rename(path, `${path}.1`);
    await tail.poll();
    await appendFile(`${path}.1`, "two\n");
    await tail.poll();
    await writeFile(path, "three\n");
    await tail.poll();
    expect(read).toEqual(["one\n", "two\n", "<rotated>", "three\n"]);
  });

  it("starts anew after the file was truncated", async () => {
    await writeFile(path, "one\ntwo\n");
    await tail.poll();
    await truncate(path, 0);
    await appendFile(path, "new\n");
    await tail.poll();
    expect(read).toEqual(["one\ntwo\n", "<truncated>", "new\n"]);
  });

  it("reads files larger than one chunk whole", async () => {
    const text = `${"x".repeat(99)}\n`.repeat(2000);
    await writeFile(path, text);
    await tail.poll();
    expect(read.join("")).toBe(text);
    expect(read.length).toBeGreaterThan(1);
  });
});
