import { formatMicros, type Line, type UnknownLine } from "../../core/wire";

/** What the reader adds to a line, and no producer writes. */
const ADDED: ReadonlySet<string> = new Set(["time", "written", "digest", "raw", "unknown", "call_id"]);

/**
 * A line that was read, written down again: it reads back as the same line. Raw content of producers before schema 1 is
 * gone from it, its hashes stay.
 */
export function lineText(line: Line | UnknownLine): string {
  const written = line.written ?? line.time;
  const kept = Object.entries(line).filter(([key]) => !ADDED.has(key) && key !== "ts" && key !== "event_ts");
  const record = {
    ts: formatMicros(written),
    logger: "dunetrace",
    ...Object.fromEntries(kept),
    ...(written === line.time ? {} : { event_ts: formatMicros(line.time) }),
  };
  return JSON.stringify(record);
}

/** The `level` that the line was written with, which readers of runs do not need. */
export function levelText(line: Line | UnknownLine): string {
  return "level" in line && typeof line.level === "string" ? line.level : "info";
}
