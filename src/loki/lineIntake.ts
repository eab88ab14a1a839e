import { isRecord, LOGGER, parseMicros } from "../core/wire";
import type { Entry } from "./entries";
import type { PushStream, Store } from "./storage";

/** What became of lines. */
export interface IntakeCounts {
  /** New in the store. */
  stored: number;
  /** There already. */
  duplicates: number;
  /** Refused by the store; `reasons` has its words. */
  refused: number;
  /** Not Dunetrace's, empty ones included. */
  foreign: number;
  /** Dunetrace's, but cut or without a time, agent or event type. */
  broken: number;
  /** Why lines were refused, the first of each kind. */
  reasons: string[];
}

/** So many lines are stored at once. */
const BATCH = 1000;
/** So many reasons are kept. */
const MAX_REASONS = 10;

/**
 * Stores lines of a log file as Promtail would with the product's configuration: labels `agent_id` and `event_type`,
 * the time from `ts`.
 *
 * @throws StoreError when the store cannot take lines at all
 */
export function takeLines(store: Store, lines: Iterable<string>): IntakeCounts {
  const counts: IntakeCounts = { stored: 0, duplicates: 0, refused: 0, foreign: 0, broken: 0, reasons: [] };
  let batch: Batch = new Map();
  let size = 0;
  const flush = (): void => {
    const { stored, duplicates, refusals } = store.push([...batch.values()]);
    counts.stored += stored;
    counts.duplicates += duplicates;
    for (const { lines: refused, text } of refusals) {
      counts.refused += refused;
      if (counts.reasons.length < MAX_REASONS && !counts.reasons.includes(text)) counts.reasons.push(text);
    }
    batch = new Map();
    size = 0;
  };
  for (const text of lines) {
    const line = withoutNewline(text);
    const kind = file(batch, line);
    if (kind !== "filed") counts[kind] += 1;
    else if (++size === BATCH) flush();
  }
  if (size > 0) flush();
  return counts;
}

type Batch = Map<string, PushStream & { readonly entries: Entry[] }>;

function file(batch: Batch, line: string): "filed" | "foreign" | "broken" {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Not JSON: one of ours that was cut, or somebody else's text.
    return line.includes(`"logger":"${LOGGER}"`) ? "broken" : "foreign";
  }
  if (!isRecord(value) || value.logger !== LOGGER) return "foreign";
  const { ts, agent_id, event_type } = value;
  const micros = typeof ts === "string" ? parseMicros(ts) : undefined;
  if (micros === undefined || typeof agent_id !== "string" || typeof event_type !== "string") return "broken";
  const key = JSON.stringify([agent_id, event_type]);
  let stream = batch.get(key);
  if (stream === undefined) {
    stream = { labels: { agent_id, event_type }, entries: [] };
    batch.set(key, stream);
  }
  stream.entries.push({ ts: BigInt(micros) * 1000n, line });
  return "filed";
}

function withoutNewline(text: string): string {
  if (!text.endsWith("\n")) return text;
  return text.slice(0, text.endsWith("\r\n") ? -2 : -1);
}
