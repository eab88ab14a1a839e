import type { Labels } from "../../logql/api";
import type { Entry } from "../entries";
import { goText, rfc3339 } from "./goTime";
import { completedLabels, labelsKey, labelsText } from "./labels";
import { GRACE_NS, MAX_AGE_NS, MAX_STREAMS, OUT_OF_ORDER_NS, PUSH_LIMITS } from "./limits";
import { Stream, type Streams } from "./streams";

/** Lines of one stream as they are pushed. */
export interface PushStream {
  readonly labels: Labels;
  readonly entries: readonly Entry[];
}

/** A line that may be stored, apart from being there already. */
export interface Accepted {
  readonly stream: Stream;
  readonly ts: bigint;
  readonly line: string;
  readonly bytes: number;
  readonly meta: string;
}

/** Why lines were refused. `status` is what Loki answers. */
export interface Refusal {
  readonly status: 400 | 429;
  readonly text: string;
  readonly lines: number;
}

export interface AcceptRules {
  readonly now: bigint;
  /** Lines of any age and order are taken, as from files that were written at any time. */
  readonly anyTime: boolean;
}

/** Sorts the lines of one push into those that may be stored and those that Loki would refuse, with Loki's words. */
export class Acceptance {
  readonly accepted: Accepted[] = [];
  readonly refusals: Refusal[] = [];
  /** Streams that the store does not know yet, by the key of their labels. */
  readonly #fresh = new Map<string, Stream>();
  readonly #newest = new Map<Stream, bigint>();

  constructor(
    private readonly streams: Streams,
    private readonly rules: AcceptRules,
  ) {}

  add({ labels, entries }: PushStream): void {
    const complete = completedLabels(labels);
    const wrong = labelsProblem(complete);
    if (wrong !== undefined) {
      this.refusals.push({ status: 400, text: wrong, lines: entries.length });
      return;
    }
    const stream = this.#stream(complete);
    if (stream === undefined) {
      const text = `Maximum active stream limit exceeded when trying to create stream ${labelsText(complete)}, reduce the number of active streams (reduce labels or reduce label values)`;
      this.refusals.push({ status: 429, text, lines: entries.length });
      return;
    }
    const late: string[] = [];
    for (const entry of entries) this.#entry(stream, entry, late);
    if (late.length > 0) this.refusals.push(tooFarBehind(stream, late, entries.length));
  }

  #stream(labels: Labels): Stream | undefined {
    const known = this.streams.get(labels);
    if (known !== undefined) return known;
    const key = labelsKey(labels);
    const fresh = this.#fresh.get(key);
    if (fresh !== undefined) return fresh;
    if (this.streams.size + this.#fresh.size >= MAX_STREAMS) return undefined;
    const stream = new Stream(labels);
    this.#fresh.set(key, stream);
    return stream;
  }

  #entry(stream: Stream, { ts, line, metadata }: Entry, late: string[]): void {
    const bytes = Buffer.byteLength(line);
    const wrong = this.#timeProblem(stream, ts) ?? sizeProblem(stream, bytes) ?? metadataProblem(stream, metadata);
    if (wrong !== undefined) {
      this.refusals.push({ status: 400, text: wrong, lines: 1 });
      return;
    }
    const newest = this.#newest.get(stream) ?? stream.newest;
    if (!this.rules.anyTime && newest - OUT_OF_ORDER_NS > ts) {
      const oldest = newest - OUT_OF_ORDER_NS;
      const reason = `entry too far behind, entry timestamp is: ${rfc3339(ts)}, oldest acceptable timestamp is: ${rfc3339(oldest)}`;
      late.push(`entry with timestamp ${goText(ts)} ignored, reason: '${reason}',`);
      return;
    }
    if (ts > newest) this.#newest.set(stream, ts);
    this.accepted.push({ stream, ts, line, bytes, meta: metadata === undefined ? "" : metadataKey(metadata) });
  }

  #timeProblem(stream: Stream, ts: bigint): string | undefined {
    const { now, anyTime } = this.rules;
    const oldest = anyTime ? 0n : now - MAX_AGE_NS;
    if (ts < oldest) {
      return `entry for stream '${stream.text}' has timestamp too old: ${rfc3339(ts)}, oldest acceptable timestamp is: ${rfc3339(oldest)}`;
    }
    if (!anyTime && ts > now + GRACE_NS) {
      return `entry for stream '${stream.text}' has timestamp too new: ${rfc3339(ts)}`;
    }
    return undefined;
  }
}

/** Structured metadata as Loki keeps it: without empty values, and with names that could be a label's. */
function metadataKey(metadata: Labels): string {
  const kept: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(metadata)) {
    const valid = name.replace(/[^a-zA-Z0-9_]/g, "_");
    if (value !== "") kept[/^\d/.test(valid) ? `key_${valid}` : valid] = value;
  }
  return labelsKey(kept);
}

/** So many lines are named when a stream refuses several. */
const MAX_NAMED = 10;

function tooFarBehind(stream: Stream, late: readonly string[], lines: number): Refusal {
  const named = late.slice(0, MAX_NAMED).join("\n");
  const total = `user 'fake', total ignored: ${late.length} out of ${lines} for stream: ${stream.text}`;
  return { status: 400, text: `${named}\n${total}`, lines: late.length };
}

function labelsProblem(labels: Labels): string | undefined {
  const names = Object.keys(labels);
  // The name that is added to every stream does not count.
  const count = names.length - 1;
  if (count > PUSH_LIMITS.max_label_names_per_series) {
    return `entry for stream '${labelsText(labels)}' has ${count} label names; limit ${PUSH_LIMITS.max_label_names_per_series}`;
  }
  for (const name of names.sort()) {
    if (Buffer.byteLength(name) > PUSH_LIMITS.max_label_name_length) {
      return `stream '${labelsText(labels)}' has label name too long: '${name}'`;
    }
    const value = labels[name] ?? "";
    if (Buffer.byteLength(value) > PUSH_LIMITS.max_label_value_length) {
      return `stream '${labelsText(labels)}' has label value too long: '${value}'`;
    }
  }
  return undefined;
}

function sizeProblem(stream: Stream, bytes: number): string | undefined {
  const limit = PUSH_LIMITS.max_line_size;
  if (bytes <= limit) return undefined;
  return `max entry size '${limit}' bytes exceeded for stream '${stream.text}' while adding an entry with length '${bytes}' bytes`;
}

function metadataProblem(stream: Stream, metadata: Labels | undefined): string | undefined {
  if (metadata === undefined) return undefined;
  const pairs = Object.entries(metadata);
  const bytes = pairs.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  const { max_structured_metadata_size: size, max_structured_metadata_entries_count: count } = PUSH_LIMITS;
  if (bytes > size) {
    return `stream '${stream.text}' has structured metadata too large: '${bytes}' bytes, limit: '${size}' bytes. Please see \`limits_config.max_structured_metadata_size\` or contact your Loki administrator to increase it`;
  }
  if (pairs.length > count) {
    return `stream '${stream.text}' has too many structured metadata labels: '${pairs.length}', limit: '${count}'. Please see \`limits_config.max_structured_metadata_entries_count\` or contact your Loki administrator to increase it`;
  }
  return undefined;
}
