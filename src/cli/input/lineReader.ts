import { argumentsText } from "../../core/hashing";
import { type Line, parseLine, type Reduction, type UnknownLine } from "../../core/wire";
import { nodeHash } from "../../sdk/hashing";
import type { ReadLog } from "./readLog";
import type { LineHandler } from "./splitter";

/** Takes a line; "late" when its run was judged before and cannot change any more. */
export type TakeLine = (line: Line | UnknownLine) => "late" | undefined;

/** Parses the lines of one input and counts what cannot be read. */
export function lineReader(file: string, log: ReadLog, take: TakeLine): LineHandler {
  // Content that Python 0.4 and later write becomes hashes while it is read.
  const reduction: Reduction = { hash: nodeHash(), argumentsText };
  return {
    line(text, number) {
      const read = parseLine(text, reduction);
      if (!read.ok) {
        if (read.kind === "blank") return;
        log.lines += 1;
        log.skip(read.kind, read.reason, { file, line: number });
        return;
      }
      const { line } = read;
      log.lines += 1;
      if (read.oddFields !== undefined) log.odd(read.oddFields);
      if (log.newest === undefined || line.time > log.newest) log.newest = line.time;
      if (take(line) === "late") {
        log.skip("late", `its run ${line.run_id} was judged before this line came`, { file, line: number });
      }
    },
    oversized(bytes, number) {
      log.lines += 1;
      log.skip("oversized", `${bytes.toLocaleString("en-US")} bytes, at most 65,536 are read`, { file, line: number });
    },
    undecodable(number) {
      log.lines += 1;
      log.skip("broken", "not valid UTF-8", { file, line: number });
    },
  };
}
