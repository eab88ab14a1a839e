import * as v from "valibot";

const Streams = v.object({
  data: v.object({
    result: v.array(
      v.object({
        stream: v.record(v.string(), v.string()),
        values: v.array(v.tuple([v.string(), v.string()])),
      }),
    ),
  }),
});

const Names = v.object({ data: v.optional(v.array(v.string()), []) });

/** A line as Loki has it. */
export interface StoredLine {
  /** Nanoseconds since the epoch. */
  readonly nanos: bigint;
  readonly line: string;
  /** Labels of its stream, and its structured metadata. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Loki gives no more lines in one answer. */
const PAGE = 5_000;
const DAY_NANOS = 86_400_000_000_000n;

export interface ReadOptions {
  /** Nanoseconds since the epoch; default: seven days ago and in one day. */
  readonly from?: bigint;
  readonly to?: bigint;
}

/**
 * All lines that a log query gives, oldest first, by plain HTTP and page by page. A line that Loki has twice is here
 * twice.
 *
 * @throws Error with Loki's text when it refuses the query, and for more than 5,000 lines of one time
 */
export async function readLines(url: string, query: string, options: ReadOptions = {}): Promise<StoredLine[]> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const { from = now - 7n * DAY_NANOS, to = now + DAY_NANOS } = options;
  const all: StoredLine[] = [];
  let start = from;
  for (;;) {
    const page = await readPage(url, query, start, to);
    if (page.length < PAGE) return [...all, ...page];
    // Lines of the last time may go on beyond the page: they are read again with the next one.
    const last = page.at(-1)?.nanos ?? 0n;
    if (last === start) throw new Error(`more than ${PAGE} lines of one time: ${query}`);
    for (const line of page) if (line.nanos < last) all.push(line);
    start = last;
  }
}

async function readPage(url: string, query: string, from: bigint, to: bigint): Promise<StoredLine[]> {
  const parameters = { query, start: String(from), end: String(to), limit: String(PAGE), direction: "forward" };
  const body = v.parse(Streams, await getJson(url, "query_range", parameters));
  const lines = body.data.result.flatMap(({ stream, values }) =>
    values.map(([nanos, line]) => ({ nanos: BigInt(nanos), line, labels: stream })),
  );
  return lines.sort((a, b) => (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0));
}

/** Names of the labels that the streams of a selector have, sorted. */
export async function readLabelNames(url: string, selector: string): Promise<readonly string[]> {
  const start = BigInt(Date.now() - 7 * 86_400_000) * 1_000_000n;
  return v.parse(Names, await getJson(url, "labels", { query: selector, start: String(start) })).data;
}

/**
 * A GET of Loki's API: `getJson(url, "query", { query: "vector(1)" })`.
 *
 * @throws Error with Loki's text when the status is not 200
 */
export async function getJson(url: string, path: string, parameters: Record<string, string>): Promise<unknown> {
  const answer = await fetch(`${url}/loki/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`Loki at ${url} answered ${path} with ${answer.status}: ${text}`);
  return JSON.parse(text);
}
