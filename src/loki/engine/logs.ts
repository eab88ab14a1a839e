import type { EntryRange, EntrySource, StreamEntries } from "../entries";
import type { LogExpr } from "./ast/log";
import { type Head, HeadQueue } from "./headQueue";
import { LineLabels } from "./pipeline/lineLabels";
import { pipelineOf } from "./pipeline/pipeline";
import type { FoundLine } from "./results";

/** Reads lines of all streams by time until there are enough. */
export function readLines(expr: LogExpr, source: EntrySource, range: EntryRange, limit: number): FoundLine[] {
  const pipeline = pipelineOf(expr.stages);
  const labels = new LineLabels();
  const lines: FoundLine[] = [];
  const queue = new HeadQueue(range.direction === "backward");
  for (const stream of source.select(expr.matchers, range)) queue.add(headOf(stream));
  for (let head = queue.first; head !== undefined && lines.length < limit; head = queue.first) {
    const { entry, stream } = head;
    labels.reset(stream.labels, entry.metadata);
    if (pipeline(entry.line, labels)) {
      lines.push({
        ts: entry.ts,
        line: entry.line,
        stream: stream.labels,
        metadata: labels.metadataLabels(),
        parsed: labels.parsedLabels(),
      });
    }
    queue.advance();
  }
  return lines;
}

function headOf(stream: StreamEntries): Head | undefined {
  const entries = stream.entries[Symbol.iterator]();
  const first = entries.next();
  return first.done === true ? undefined : { stream, entries, entry: first.value };
}
