import { type Line, parseLine, type UnknownLine } from "../../core/wire";
import { REDUCTION } from "../../sdk/reduction";
import type { ReadLog, SkipKind } from "./readLog";
import type { LineHandler } from "./splitter";

/** No text holds it; valid UTF-8 all the same. */
const NUL = "\u0000";

/** Takes a line and its text; "late" when its run was judged before and cannot change any more. */
export type TakeLine = (line: Line | UnknownLine, text: string) => "late" | undefined;

/** Parses the lines of one input and counts what cannot be read. */
export function lineReader(file: string, log: ReadLog, take: TakeLine): LineHandler {
  const health = log.healthOf(file);
  const skip = (kind: SkipKind, reason: string, line: number, text?: string): void => {
    log.lines += 1;
    health.skipped(kind, text);
    log.skip(kind, reason, { file, line });
  };
  return {
    line(text, number) {
      const read = parseLine(text, REDUCTION);
      if (!read.ok) {
        if (read.kind === "blank") return;
        if (read.kind === "foreign" && text.includes(NUL)) skip("broken", "binary data", number);
        else skip(read.kind, read.reason, number, text);
        return;
      }
      const { line } = read;
      log.lines += 1;
      health.sound();
      if (read.oddFields !== undefined) log.odd(read.oddFields);
      if (log.newest === undefined || line.time > log.newest) log.newest = line.time;
      if (take(line, text) === "late") {
        log.skip("late", `its run ${line.run_id} was judged before this line came`, { file, line: number });
      }
    },
    oversized(bytes, number) {
      skip("oversized", `${bytes.toLocaleString("en-US")} bytes, at most 65,536 are read`, number);
    },
    undecodable(number) {
      skip("broken", "not valid UTF-8", number);
    },
  };
}
