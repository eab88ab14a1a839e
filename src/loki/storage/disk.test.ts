import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testFolder } from "../testing/folder";
import { entry, START, START_MS, stored } from "../testing/stored";
import type { PushStream } from "./accept";
import type { WriteCall } from "./diskFile";
import { Store } from "./store";
import type { StoreOptions } from "./storeOptions";

const a = { agent_id: "a" };
const open = (dir: string, options: Partial<StoreOptions> = {}): Store =>
  new Store({ dir, clock: () => START_MS, ...options });

/** A copy of the folder as a killed process leaves it, opened. */
function afterKill(dir: string, change: (copy: string) => void = () => undefined): { lines: string[]; said: string[] } {
  const copy = join(testFolder(), "copy");
  cpSync(dir, copy, { recursive: true });
  rmSync(join(copy, "lock"));
  change(copy);
  const said: string[] = [];
  const store = open(copy, { report: (message) => said.push(message) });
  const lines = stored(store);
  store.close();
  return { lines, said };
}

const fileOf = (dir: string, end: string): string => {
  const name = readdirSync(dir).find((file) => file.endsWith(end));
  if (name === undefined) throw new Error(`no ${end} in ${dir}`);
  return join(dir, name);
};

const pushes = fc.array(
  fc.array(
    fc.record({
      labels: fc.record({ agent_id: fc.constantFrom("a", "b", 'ü"{}') }),
      entries: fc.array(
        fc
          .tuple(fc.integer({ min: -7000, max: 100 }), fc.string({ unit: "binary" }), fc.boolean())
          .map(([seconds, line, meta]) => entry(seconds, line, meta ? { run_id: line } : undefined)),
        { maxLength: 8 },
      ),
    }),
    { maxLength: 3 },
  ),
  { maxLength: 8 },
);

describe("a store on disk", () => {
  it("reads as one in memory does, also after a restart, a kill and without its index", () => {
    fc.assert(
      fc.property(pushes, fc.integer({ min: 0, max: 7 }), (all: PushStream[][], restartAt) => {
        const dir = testFolder();
        const memory = new Store({ clock: () => START_MS });
        let disk = open(dir, { cacheBytes: 1 });
        for (const [at, push] of all.entries()) {
          expect(disk.push(push)).toEqual(memory.push(push));
          if (at !== restartAt) continue;
          disk.close();
          disk = open(dir, { cacheBytes: 1 });
        }
        const expected = stored(memory);
        const sorted = (lines: string[]): string[] => [...lines].sort();
        expect(sorted(stored(disk))).toEqual(sorted(expected));
        expect(sorted(afterKill(dir).lines)).toEqual(sorted(expected));
        disk.close();
        const withoutIndex = afterKillOf(dir);
        expect(sorted(withoutIndex)).toEqual(sorted(expected));
        memory.close();
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a prefix of whole lines wherever a kill cuts its file", () => {
    const dir = testFolder();
    const store = open(dir);
    const lines = ["one", "two\n3 4 5 0\n", "drei ü", "{}"];
    for (const [at, line] of lines.entries()) {
      store.push([
        {
          labels: { agent_id: at % 2 === 0 ? "a" : "b" },
          entries: [entry(at, line, at === 2 ? { k: "v" } : undefined)],
        },
      ]);
    }
    const whole = stored(store);
    const size = readFileSync(fileOf(dir, ".lines")).length;
    const seen = new Set<number>();
    for (let cut = 0; cut <= size; cut++) {
      const { lines: left, said } = afterKill(dir, (copy) => truncateSync(fileOf(copy, ".lines"), cut));
      const expected = whole.filter((text) => left.includes(text));
      expect(left).toEqual(expected);
      // What is left are the lines that were pushed first.
      expect(new Set(left.map((text) => Number(text.split(" ")[1])))).toEqual(new Set(left.keys()));
      if (said.length > 0)
        expect(said).toEqual([expect.stringMatching(/^the lines of 2026-11-20T10 ended within a line/)]);
      seen.add(left.length);
    }
    expect([...seen]).toEqual([0, 1, 2, 3, 4]);
    store.close();
  });

  it("goes on after a cut file, over a restart", () => {
    const dir = testFolder();
    const first = open(dir);
    first.push([{ labels: a, entries: [entry(0, "kept"), entry(1, "cut")] }]);
    first.close();
    truncateSync(fileOf(dir, ".lines"), readFileSync(fileOf(dir, ".lines")).length - 3);
    const second = open(dir);
    expect(stored(second)).toEqual(["a 0 kept"]);
    expect(second.push([{ labels: a, entries: [entry(1, "cut"), entry(2, "more")] }]).stored).toBe(2);
    second.close();
    const third = open(dir);
    expect(stored(third)).toEqual(["a 0 kept", "a 1 cut", "a 2 more"]);
    third.close();
  });

  it("skips what is damaged and says so", () => {
    const dir = testFolder();
    const store = open(dir);
    for (let at = 0; at < 5; at++) store.push([{ labels: a, entries: [entry(at, `line ${at}`)] }]);
    const { lines, said } = afterKill(dir, (copy) => {
      const path = fileOf(copy, ".lines");
      writeFileSync(path, readFileSync(path, "latin1").replace("2000000000 6", "2000000000 x"), "latin1");
      appendFileSync(path, Buffer.alloc(4096));
    });
    expect(lines).toEqual([0, 1, 3, 4].map((at) => `a ${at} line ${at}`));
    expect(said).toEqual([
      expect.stringContaining("4096 bytes were cut off"),
      expect.stringMatching(/\d+ bytes that are no line were skipped/),
    ]);
    store.close();
  });

  it("does not trust an index that is damaged or ahead of the lines", () => {
    const dir = testFolder();
    const store = open(dir);
    for (let at = 0; at < 5; at++) store.push([{ labels: a, entries: [entry(at, `line ${at}`)] }]);
    store.close();
    const copies = (change: (index: string) => void): string[] => {
      const copy = join(testFolder(), "copy");
      cpSync(dir, copy, { recursive: true });
      change(fileOf(copy, ".index"));
      const opened = open(copy);
      const lines = stored(opened);
      opened.close();
      return lines;
    };
    const all = copies(() => undefined);
    expect(all).toHaveLength(5);
    expect(copies((index) => truncateSync(index, 10))).toEqual(all);
    expect(copies((index) => truncateSync(index, readFileSync(index).length - 1))).toEqual(all);
    expect(copies((index) => writeFileSync(index, "{}\nnonsense"))).toEqual(all);
    expect(copies((index) => writeFileSync(index, Buffer.alloc(500)))).toEqual(all);
    expect(copies((index) => appendFileSync(index, "{"))).toEqual(all);
    expect(copies((index) => truncateSync(index.replace(".index", ".lines"), 0))).toEqual([]);
  });

  it("reads lines that lie across blocks, and more of them than it keeps in memory", () => {
    const dir = testFolder();
    const text = (at: number): string => `${at} ${"äb".repeat(5000 + at)}`;
    const store = open(dir, { cacheBytes: 300_000 });
    for (let at = 0; at < 100; at++) store.push([{ labels: a, entries: [entry(at, text(at))] }]);
    expect(stored(store)).toEqual(Array.from({ length: 100 }, (_, at) => `a ${at} ${text(at)}`));
    expect(store.push([{ labels: a, entries: [entry(50, text(50))] }]).duplicates).toBe(1);
    store.close();
  });

  it("is one process's alone", () => {
    const dir = testFolder();
    const store = open(dir);
    expect(() => open(dir)).toThrow(`${dir} is in use by process ${process.pid}; stop that process`);
    store.close();
    expect(existsSync(join(dir, "lock"))).toBe(false);
    writeFileSync(join(dir, "lock"), "1");
    expect(() => open(dir)).toThrow("is in use by process 1;");
    // The same number, but a process that started at another time.
    writeFileSync(join(dir, "lock"), "1 99999999999");
    open(dir).close();
    for (const left of ["", "nonsense", "2147483646", `${process.pid} 5`]) {
      writeFileSync(join(dir, "lock"), left);
      open(dir).close();
    }
  });

  it("does not touch a folder that is not a store's", () => {
    const dir = testFolder();
    writeFileSync(join(dir, "notes.txt"), "mine");
    expect(() => open(dir)).toThrow(/holds files that are not a store's/);
    expect(readdirSync(dir)).toEqual(["notes.txt"]);
    const other = testFolder();
    writeFileSync(join(other, "store.json"), '{"store":"dunetrace-loki","format":99}\n');
    expect(() => open(other)).toThrow(/store.json names a format this version cannot read/);
    expect(() => open(join(dir, "notes.txt"))).toThrow(/cannot use .*notes.txt as the folder/);
  });

  it("stores nothing of a push when the disk is full, in whichever file that happens", () => {
    const dir = testFolder();
    let left = Number.POSITIVE_INFINITY;
    const write: WriteCall = (fd, bytes, offset, length, position) => {
      const fits = Math.min(length, left);
      left -= fits;
      if (fits === 0) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      return writeSync(fd, bytes, offset, fits, position);
    };
    const store = open(dir, { write });
    const push = (name: string): void =>
      void store.push([{ labels: { agent_id: name }, entries: [entry(-3600, "older hour"), entry(0, "newer hour")] }]);
    push("a");
    const before = stored(store);
    for (let room = 0; room < 120; room += 7) {
      left = room;
      expect(() => push("b")).toThrow(
        /cannot write .*2026-11-20T.*: the disk is full \(free space, or lower --max-size\); nothing of this push was stored$/,
      );
      expect(stored(store)).toEqual(before);
    }
    const { lines, said } = afterKill(dir);
    expect(lines).toEqual(before);
    expect(said).toEqual([]);
    left = Number.POSITIVE_INFINITY;
    push("b");
    expect(stored(store)).toHaveLength(4);
    expect(afterKill(dir).lines).toHaveLength(4);
    store.close();
  });

  it("says when only its index cannot be written, and reads the lines again at the next start", () => {
    const dir = testFolder();
    let full = false;
    const write: WriteCall = (fd, bytes, offset, length, position) => {
      if (full) throw Object.assign(new Error("no space"), { code: "ENOSPC" });
      return writeSync(fd, bytes, offset, length, position);
    };
    const said: string[] = [];
    const store = open(dir, { write, report: (message) => said.push(message) });
    store.push([{ labels: a, entries: [entry(0, "x")] }]);
    full = true;
    for (let at = 0; at < 3; at++) store.upkeep();
    store.close();
    expect(said).toEqual([
      expect.stringMatching(
        /10\.index: the disk is full \(free space, or lower --max-size\); the index of 2026-11-20T10 is made again at the next start$/,
      ),
    ]);
    const again = open(dir);
    expect(stored(again)).toEqual(["a 0 x"]);
    again.close();
  });

  it("frees space as it opens when it may hold less than before", () => {
    const dir = testFolder();
    const first = open(dir);
    for (const hour of [-3, -2, -1, 0]) {
      first.push([{ labels: a, entries: [entry(hour * 3600, `${hour}`.padEnd(1000))] }]);
    }
    first.close();
    const less = open(dir, { maxBytes: first.bytes / 2 + 100 });
    expect(stored(less).map((line) => line.trim())).toEqual(["a -3600 -1", "a 0 0"]);
    less.close();
    const least = open(dir, { maxBytes: 1 });
    expect(stored(least).map((line) => line.trim())).toEqual(["a 0 0"]);
    least.close();
  });

  it("remembers the newest line of each stream, and which lines it has, over a restart", () => {
    const dir = testFolder();
    const first = open(dir);
    first.push([{ labels: a, entries: [entry(-7200, "early"), entry(0, "newest")] }]);
    first.close();
    const second = open(dir);
    const result = second.push([
      { labels: a, entries: [entry(-3601, "late"), entry(0, "newest"), entry(-3600, "in time")] },
    ]);
    expect(result).toMatchObject({ stored: 1, duplicates: 1, refusals: [{ status: 400, lines: 1 }] });
    second.close();
  });

  it("opens many lines without reading them", () => {
    const dir = testFolder();
    const first = open(dir);
    const entries = Array.from({ length: 20_000 }, (_, at) => entry(at / 10 - 3600, `line ${at}`));
    first.push([{ labels: a, entries }]);
    first.close();
    // Readers find out; opening does not.
    writeFileSync(fileOf(dir, ".lines"), Buffer.alloc(readFileSync(fileOf(dir, ".lines")).length, "#"));
    const second = open(dir);
    expect(second.volume([], { start: 0n, end: START * 2n }).entries).toBe(20_000);
    expect(stored(second)[0]).toMatch(/#{6}$/);
    second.close();
  });
});

/** What is read after a kill that left no index at all. */
function afterKillOf(dir: string): string[] {
  const copy = join(testFolder(), "copy");
  cpSync(dir, copy, { recursive: true });
  for (const name of readdirSync(copy)) if (name.endsWith(".index")) rmSync(join(copy, name));
  const store = open(copy);
  const lines = stored(store);
  store.close();
  return lines;
}
