import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ByteCache } from "./byteCache";
import { DiskFile, DiskFiles, type WriteCall } from "./diskFile";
import { messageOf, StoreError } from "./errors";
import { hourName, hourNumber } from "./hourTime";
import { lockFolder } from "./lock";
import { MemoryFile } from "./memoryFile";
import type { SegmentFile } from "./segmentFile";

/** The files of one hour. */
export interface HourFiles {
  readonly lines: SegmentFile;
  readonly index: SegmentFile;
}

/** Where the hours of a store are. */
export interface HourFolder {
  /** Hours that are there already. */
  readonly hours: readonly number[];
  files(hour: number): HourFiles;
  /** Gives the folder up. */
  close(): void;
}

/** Hours in memory, gone with the process. */
export function memoryFolder(): HourFolder {
  return {
    hours: [],
    files: () => ({ lines: new MemoryFile(), index: new MemoryFile() }),
    close: () => undefined,
  };
}

/** The file that marks a folder as a store's. */
const MARK = "store.json";
const MARK_TEXT = `${JSON.stringify({ store: "dunetrace-loki", format: 1 })}\n`;
const LINES = ".lines";

/**
 * The folder of a store: `store.json`, `lock`, and for each hour `2026-11-20T10.lines` and `2026-11-20T10.index`.
 *
 * @throws StoreError of kind `locked`, or `folder` when it holds something else
 */
export function diskFolder(
  path: string,
  { cacheBytes, write }: { cacheBytes: number; write?: WriteCall | undefined },
): HourFolder {
  const folder = made(path);
  const unlock = lockFolder(folder);
  try {
    const hours = hoursOf(folder);
    const files = new DiskFiles(new ByteCache(cacheBytes), write);
    return {
      hours,
      files: (hour) => ({
        lines: new DiskFile(files, join(folder, `${hourName(hour)}${LINES}`)),
        index: new DiskFile(files, join(folder, `${hourName(hour)}.index`)),
      }),
      close: unlock,
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function made(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return realpathSync(path);
  } catch (error) {
    throw new StoreError("folder", `cannot use ${path} as the folder of the store: ${messageOf(error)}`, error);
  }
}

/** The hours in a folder that is a store's, or that becomes one because it is empty. */
function hoursOf(folder: string): number[] {
  try {
    const names = readdirSync(folder);
    if (!names.includes(MARK)) {
      if (names.some((name) => !name.startsWith("lock"))) {
        throw new StoreError("folder", `${folder} holds files that are not a store's; choose an empty or new folder`);
      }
      writeFileSync(join(folder, MARK), MARK_TEXT, { mode: 0o600 });
    } else checkMark(join(folder, MARK));
    return names
      .filter((name) => name.endsWith(LINES))
      .map((name) => hourNumber(name.slice(0, -LINES.length)))
      .filter((hour) => hour !== undefined)
      .sort((a, b) => a - b);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError("folder", `cannot use ${folder} as the folder of the store: ${messageOf(error)}`, error);
  }
}

function checkMark(path: string): void {
  const text = readFileSync(path, "utf8");
  if (text === MARK_TEXT) return;
  // Killed between making the file and writing it.
  if (text === "") writeFileSync(path, MARK_TEXT);
  else {
    throw new StoreError("folder", `${path} names a format this version cannot read: ${text.trim().slice(0, 100)}`);
  }
}
