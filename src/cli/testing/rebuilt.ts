import { type Run, rebuildRun } from "../../core/run";
import { parseLine } from "../../core/wire";
import type { RunWriter } from "./runWriter";

/** The run that a reader sees in the written lines. */
export function rebuilt(writer: RunWriter): Run {
  const lines = writer.lines.map((text) => {
    const read = parseLine(text);
    if (!read.ok) throw new Error(`${read.reason}: ${text}`);
    return read.line;
  });
  return rebuildRun(lines);
}
