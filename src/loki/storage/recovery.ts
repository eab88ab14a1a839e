import { MAX_RECORD, readRecord, type StoredRecord } from "./record";
import { readBytes, type SegmentFile } from "./segmentFile";

/** Lines are read back in windows of this many bytes, which hold the longest record. */
const WINDOW = 2 * MAX_RECORD;

/** What was wrong with a file of lines. */
export interface Damage {
  /** Bytes at its end that are no whole record, as a write that was cut leaves them. */
  readonly cut: number;
  /** Bytes elsewhere that are no record. */
  readonly skipped: number;
}

/**
 * Reads the records from byte `from` on and hands over each whole one. Bytes that are none are skipped up to the next
 * one; what is no record at the end is cut off.
 */
export function recoverRecords(file: SegmentFile, from: number, take: (record: StoredRecord) => void): Damage {
  let skipped = 0;
  let at = from;
  /** Where the bytes begin that are no record, when the last ones read were none. */
  let lost: number | undefined;
  while (at < file.size) {
    const window = readBytes(file, at, Math.min(WINDOW, file.size - at));
    const last = at + window.length === file.size;
    let next = 0;
    while (next < window.length) {
      const record = readRecord(window, next);
      if (typeof record === "object") {
        if (lost !== undefined) skipped += at + next - lost;
        lost = undefined;
        take(moved(record, at));
        next = record.end;
      } else {
        // What the window cuts is read again from its beginning; what the file's end cuts is lost.
        if (record === "cut" && !last && next > 0) break;
        lost ??= at + next;
        next = record === "cut" && last ? window.length : afterNewline(window, next);
      }
    }
    at += next;
  }
  if (lost === undefined) return { cut: 0, skipped };
  const cut = file.size - lost;
  file.truncate(lost);
  return { cut, skipped };
}

/** The beginning of the next line of text, where the next record may be. */
function afterNewline(window: Buffer, from: number): number {
  const newline = window.indexOf(0x0a, from);
  return newline < 0 ? window.length : newline + 1;
}

/** A record with its positions counted from the beginning of the file. */
function moved(record: StoredRecord, by: number): StoredRecord {
  return record.kind === "line" ? { ...record, at: record.at + by, end: record.end + by } : record;
}
