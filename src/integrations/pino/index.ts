import { parseMicros } from "../../core/wire";

/** What the helper takes; all else of pino-loki's options can be added to its answer. */
export interface PinoLokiSettings {
  /** Base URL of Loki. */
  readonly host: string;
  /** Sent as X-Scope-OrgID. */
  readonly tenant?: string;
  readonly basicAuth?: { readonly username: string; readonly password: string };
  /** Labels of every stream besides agent_id and event_type. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Seconds between two pushes. Default: 1; pino-loki's own is 5. */
  readonly intervalSeconds?: number;
  /** Lines that may wait; pino-loki drops the oldest beyond it, and says nothing. Default: 100,000. */
  readonly maxBufferSize?: number;
}

/**
 * Options for `pinoLoki()` of pino-loki 3 with which lines arrive as they were written, in the streams that the queries
 * read. They hold a function, so the stream runs in this process: pino.transport() cannot take them. pino-loki never
 * sends a batch again: what Loki does not take at once is lost, and no counter tells. The option `loki` of the SDK does.
 *
 * @example
 * const stream = pinoLoki(pinoLokiOptions({ host: "http://localhost:3100" }));
 * const dt = new Dunetrace({ logger: withLineTime(stream) });
 */
export function pinoLokiOptions({
  host,
  tenant,
  basicAuth,
  labels,
  intervalSeconds = 1,
  maxBufferSize = 100_000,
}: PinoLokiSettings) {
  return {
    host,
    ...(basicAuth === undefined ? {} : { basicAuth: { ...basicAuth } }),
    ...(tenant === undefined ? {} : { headers: { "X-Scope-OrgID": tenant } }),
    // Loki leaves out a label without a value: so the one pino-loki always adds makes no streams of its own.
    labels: { ...labels, level: "" },
    propsToLabels: ["agent_id", "event_type"],
    structuredMetaKey: false as const,
    convertArrays: false,
    replaceTimestamp: false,
    batching: { interval: intervalSeconds, maxBufferSize },
    /** The line without what `withLineTime` and pino-loki put into it. */
    logFormat: ({ time: _, lokilevel: __, ...line }: Record<string, unknown>): string => JSON.stringify(line),
  };
}

/** Where lines can be written, such as the stream of `pinoLoki()`. */
export interface LineStream {
  write(line: string): unknown;
  on?(event: string, listener: (error: unknown) => void): unknown;
}

const TS = /^\{"ts":"([^"]+)"/;

/**
 * A destination for the option `logger` that tells pino-loki the time of each line: it knows no `ts`, and would give all
 * lines of a batch the time of the push.
 */
export function withLineTime(stream: LineStream): LineStream {
  return {
    write(line) {
      const ts = TS.exec(line)?.[1];
      const micros = ts === undefined ? undefined : parseMicros(ts);
      // 19 digits as a text: pino-loki passes them on exactly.
      return stream.write(micros === undefined ? line : `{"time":"${micros}000",${line.slice(1)}`);
    },
    on: (event, listener) => stream.on?.(event, listener),
  };
}
