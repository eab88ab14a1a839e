import { readBytes } from "../../server/readBytes";
import { messageOf } from "../errors";

/** What a collector says of itself at `/metrics`. */
export interface SeenCollector {
  readonly url: string;
  /** Why it did not say; then there are no counts. */
  readonly error: string | undefined;
  /** By name and labels, as they stand in the page. */
  readonly counts: readonly Count[];
}

export interface Count {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const TIMEOUT_MS = 5000;
const MAX_BYTES = 4 * 1024 * 1024;
const SAMPLE = /^(?<name>[a-z_]+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const LABEL = /([a-z_]+)="((?:[^"\\]|\\.)*)"/g;

/** Asks a collector for its metrics. It never rejects: what went wrong is in the answer. */
export async function seeCollector(url: string, key: string | undefined): Promise<SeenCollector> {
  const failed = (error: string): SeenCollector => ({ url, error, counts: [] });
  try {
    const answer = await fetch(`${url.replace(/\/+$/, "")}/metrics`, {
      headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status === 401) return failed("it asks for its key: set DUNETRACE_COLLECTOR_KEY");
    const text = new TextDecoder().decode(await readBytes(answer, MAX_BYTES));
    if (!answer.ok) return failed(`it answers ${answer.status}`);
    const counts = parseMetrics(text);
    return counts.length === 0 ? failed("what answers there is no collector") : { url, error: undefined, counts };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return failed(messageOf(cause));
  }
}

/** The counts of this product on a page in the text format of Prometheus. */
export function parseMetrics(text: string): readonly Count[] {
  return text.split("\n").flatMap((line) => {
    const { name, labels = "", value } = SAMPLE.exec(line)?.groups ?? {};
    if (name === undefined || !name.startsWith("dunetrace_")) return [];
    const pairs = [...labels.matchAll(LABEL)].map(([, label = "", quoted = ""]) => [label, plain(quoted)] as const);
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
  });
}

const plain = (quoted: string): string => quoted.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
