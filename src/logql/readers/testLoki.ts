import type { InstantQuery, LabelQuery, Labels, LogEntry, LogQuery, LokiApi, RangeQuery, Sample, Series } from "../api";
import { type ParsedQuery, parseQuery } from "../builders/testParse";
import { LokiError } from "../errors";

/** Test support: one stored line; its stream is told by the labels. */
export interface StoredLine {
  readonly ts: bigint;
  readonly line: string;
  readonly labels: Labels;
}

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function windowNanos(query: ParsedQuery): bigint {
  const [, count = "0", unit = "ms"] = /^\[(\d+)(ms|s|m|h|d)\]$/.exec(query.ranges[0] ?? "") ?? [];
  return BigInt(Number(count) * (MS[unit] ?? Number.NaN)) * 1_000_000n;
}

function compares(op: string, value: string, wanted: string, whole: boolean): boolean {
  if (op === "=" || op === "!=") return (value === wanted) === (op === "=");
  const flags = wanted.startsWith("(?i)") ? "sui" : "su";
  const regex = wanted.replace(/^\(\?i\)/, "");
  return new RegExp(whole ? `^(?:${regex})$` : regex, flags).test(value) === op.endsWith("=~");
}

function passesText(op: string, line: string, wanted: string): boolean {
  if (op === "|=" || op === "!=") return line.includes(wanted) === (op === "|=");
  return compares("=~", line, wanted, false);
}

/** The value of a path in the line, as Loki writes it into a label. */
function fieldOf(line: string, path: string): string {
  let value: unknown = JSON.parse(line);
  for (const key of path.split(".")) value = typeof value === "object" && value !== null ? Reflect.get(value, key) : "";
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The labels of a line after the pipeline, or undefined when it is dropped. */
function labelsOf(stored: StoredLine, query: ParsedQuery): Record<string, string> | undefined {
  const matched = query.matchers.every(({ name, op, value }) => compares(op, stored.labels[name] ?? "", value, true));
  if (!matched || !query.lineFilters.every(({ op, value }) => passesText(op, stored.line, value))) return undefined;
  const labels: Record<string, string> = { ...stored.labels };
  try {
    for (const [alias, path] of Object.entries(query.json)) labels[alias] = fieldOf(stored.line, path);
  } catch {
    // Not JSON: Loki keeps the line with an error.
    labels.__error__ = "JSONParserErr";
  }
  const kept = query.labelFilters.every(({ name, op, value }) => {
    const label = labels[name] ?? "";
    if (typeof value === "string") return compares(op, label, value, true);
    throw new Error(`the test Loki knows no number filters: ${name} ${op} ${value}`);
  });
  return kept ? labels : undefined;
}

/**
 * Test support: a Loki in memory that reads the queries of the builders with the real grammar. It knows log queries and
 * counts, and hands out lines of one timestamp in any order, as Loki does.
 */
export class TestLoki implements LokiApi {
  readonly queries: string[] = [];
  /** Errors that the next questions meet, first one first. */
  readonly failures: LokiError[] = [];
  /** Questions that are being answered now, and the most there were. */
  pending = 0;
  mostPending = 0;
  readonly #lines: StoredLine[];
  readonly #mostLines: number;

  constructor(lines: readonly StoredLine[], mostLines = 5000) {
    this.#lines = [...lines];
    this.#mostLines = mostLines;
  }

  add(...lines: readonly StoredLine[]): void {
    this.#lines.push(...lines);
  }

  async logs({ query, start, end, limit, direction }: LogQuery): Promise<readonly LogEntry[]> {
    await this.#answer(query);
    const text = `limit > max_entries_limit_per_query (${limit} > ${this.#mostLines})`;
    if (limit > this.#mostLines) throw new LokiError({ kind: "limit", message: text });
    const parsed = parseQuery(query);
    const found = this.#lines.filter(
      (line) => line.ts >= start && line.ts < end && labelsOf(line, parsed) !== undefined,
    );
    const sign = direction === "forward" ? 1 : -1;
    found.sort((a, b) => (a.ts === b.ts ? 0 : a.ts < b.ts ? -sign : sign));
    return found.slice(0, limit).map(({ ts, line, labels }) => ({ ts, line, labels, parsed: {} }));
  }

  async instant({ query, time }: InstantQuery): Promise<readonly Sample[]> {
    await this.#answer(query);
    const parsed = parseQuery(query);
    if (!/^sum (by \([^)]*\) )?\(count_over_time\(/.test(query)) throw new Error(`the test Loki only counts: ${query}`);
    const by = (parsed.groups[0] ?? "")
      .replace(/^by \(|\)$/g, "")
      .split(/, ?/)
      .filter((name) => name !== "");
    const counts = new Map<string, Sample>();
    for (const stored of this.#lines) {
      if (stored.ts <= time - windowNanos(parsed) || stored.ts > time) continue;
      const labels = labelsOf(stored, parsed);
      if (labels === undefined) continue;
      const metric = Object.fromEntries(by.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])));
      const key = JSON.stringify(metric);
      counts.set(key, { metric, time: Number(time / 1_000_000_000n), value: (counts.get(key)?.value ?? 0) + 1 });
    }
    return [...counts.values()];
  }

  async range({ query, start, end, stepMs }: RangeQuery): Promise<readonly Series[]> {
    const series = new Map<string, { metric: Labels; points: { time: number; value: number }[] }>();
    for (let time = start; time <= end; time += BigInt(stepMs) * 1_000_000n) {
      for (const { metric, ...point } of await this.instant({ query, time })) {
        const key = JSON.stringify(metric);
        const known = series.get(key) ?? { metric, points: [] };
        known.points.push(point);
        series.set(key, known);
      }
    }
    return [...series.values()];
  }

  async labelValues(label: string, { start, end }: LabelQuery): Promise<readonly string[]> {
    const found = this.#lines.filter(({ ts }) => ts >= start && ts < end).flatMap(({ labels }) => labels[label] ?? []);
    return [...new Set(found)].sort();
  }

  async #answer(query: string): Promise<void> {
    this.queries.push(query);
    this.mostPending = Math.max(this.mostPending, ++this.pending);
    await Promise.resolve();
    this.pending--;
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
  }
}
