import { defer } from "rxjs";
import type {
  InstantQuery,
  LabelQuery,
  LogEntry,
  LogQuery,
  LogqlText,
  LokiApi,
  RangeQuery,
  Sample,
  Series,
} from "../../logql/api";
import { type Asked, failureOf } from "../../logql/client/failures";
import { LokiError } from "../../logql/errors";
import { lokiErrorOf } from "./failures";
import { lastAnswer } from "./lastAnswer";
import { collectLines } from "./lines";
import { withoutVariables } from "./literal";
import { type LokiDatasource, type LokiRequest, type LokiTarget, type MakeTimeRange, refOf } from "./lokiDatasource";
import { entriesOf, FrameError, lokiFramesOf, samplesOf, seriesOf } from "./lokiFrames";
import { isRecord } from "./record";

export interface GrafanaLokiOptions {
  /** Finds the datasource each time: settings change while a page is open. Rejects with a LokiError. */
  readonly find: () => Promise<LokiDatasource>;
  readonly makeTimeRange: MakeTimeRange;
  /** The wall clock, ms. */
  readonly now: () => number;
}

const NS_PER_MS = 1_000_000n;
const floorMs = (ns: bigint): number => Number(ns / NS_PER_MS);
const ceilMs = (ns: bigint): number => Number((ns + NS_PER_MS - 1n) / NS_PER_MS);
/** Grafana's Loki datasource splits no query with this in its refId. A split one has its times moved to multiples of the step. */
const WHOLE = "do-not-chunk";

let requests = 0;

/**
 * A Loki behind Grafana: asks through Grafana's own Loki datasource, so its login, tenant, permissions and limits apply.
 *
 * @example
 * const api = new GrafanaLoki({ find: () => findLoki(settings.lokiUid), makeTimeRange, now: Date.now });
 * const ask = createAsk(api, askSettings);
 */
export class GrafanaLoki implements LokiApi {
  readonly #options: GrafanaLokiOptions;

  constructor(options: GrafanaLokiOptions) {
    this.#options = options;
  }

  async logs(query: LogQuery, signal?: AbortSignal): Promise<readonly LogEntry[]> {
    const loki = await this.#options.find();
    const { direction } = query;
    return collectLines(query, capOf(loki), async (fromMs, toMs, maxLines) => {
      const target = { queryType: "range", direction, maxLines } as const;
      return this.#ask(loki, query.query, target, { fromMs, toMs }, signal, (data) =>
        entriesOf(lokiFramesOf(data), direction),
      );
    });
  }

  async instant({ query, time }: InstantQuery, signal?: AbortSignal): Promise<readonly Sample[]> {
    const loki = await this.#options.find();
    const toMs = ceilMs(time);
    const span = { fromMs: toMs - 1, toMs };
    return this.#ask(loki, query, { queryType: "instant" }, span, signal, (data) => samplesOf(lokiFramesOf(data)));
  }

  async range({ query, start, end, stepMs }: RangeQuery, signal?: AbortSignal): Promise<readonly Series[]> {
    const loki = await this.#options.find();
    const span = { fromMs: floorMs(start), toMs: ceilMs(end), stepMs };
    const target = { queryType: "range", step: `${stepMs}ms` } as const;
    return this.#ask(loki, query, target, span, signal, (data) => seriesOf(lokiFramesOf(data)));
  }

  async labelValues(label: string, query: LabelQuery, signal?: AbortSignal): Promise<readonly string[]> {
    const loki = await this.#options.find();
    const asked = askedOf(loki, `the values of ${label}`);
    const answer = await lastAnswer(
      // Neither way can be called off on its way; its answer is dropped then.
      this.#values(loki, label, query).then((data) => ({ data: [data] })),
      asked,
      signal,
    );
    const values: unknown = Array.isArray(answer) ? answer[0] : undefined;
    const listed: unknown = isRecord(values) ? (values.data ?? []) : values;
    if (!Array.isArray(listed)) throw failureOf("broken_answer", "The answer is no list of values", asked);
    return listed.flatMap((value: unknown) => {
      const text = isRecord(value) ? value.text : value;
      return typeof text === "string" ? [text] : [];
    });
  }

  async #values(loki: LokiDatasource, label: string, { start, end, query }: LabelQuery): Promise<unknown> {
    if (loki.getResource !== undefined) {
      const params = { start: String(start), end: String(end), ...(query === undefined ? {} : { query }) };
      return loki.getResource(`label/${encodeURIComponent(label)}/values`, params);
    }
    if (loki.metricFindQuery !== undefined) {
      const range = this.#options.makeTimeRange(floorMs(start), ceilMs(end));
      return loki.metricFindQuery({ refId: "values", type: 1, label, stream: query ?? "" }, { range });
    }
    throw failureOf("broken_answer", "This version of Grafana's Loki datasource lists no labels", askedOf(loki, label));
  }

  async #ask<T>(
    loki: LokiDatasource,
    query: LogqlText,
    target: Omit<LokiTarget, "refId" | "expr" | "datasource">,
    span: { readonly fromMs: number; readonly toMs: number; readonly stepMs?: number },
    signal: AbortSignal | undefined,
    read: (data: unknown) => T,
  ): Promise<T> {
    const asked = askedOf(loki, query);
    const id = `dunetrace-${++requests}`;
    const intervalMs = Math.max(1, span.stepMs ?? 1000);
    const refId = target.maxLines === undefined ? `${id}-${WHOLE}` : id;
    const request: LokiRequest = {
      // One of its own for each: Grafana calls off what runs under the same id.
      requestId: id,
      app: "dunetrace-agents",
      range: this.#options.makeTimeRange(span.fromMs, span.toMs),
      interval: `${intervalMs}ms`,
      intervalMs,
      maxDataPoints: 11_000,
      scopedVars: {},
      filters: [],
      timezone: "utc",
      startTime: this.#options.now(),
      hideFromInspector: true,
      targets: [{ ...target, refId, expr: withoutVariables(query), datasource: refOf(loki) }],
    };
    const data = await lastAnswer(
      defer(() => loki.query(request)),
      asked,
      signal,
    );
    try {
      return read(data);
    } catch (error) {
      if (error instanceof FrameError) {
        throw failureOf("broken_answer", `The answer cannot be read: ${error.message}`, asked, error);
      }
      throw error instanceof LokiError ? error : lokiErrorOf(error, asked);
    }
  }
}

const askedOf = ({ name }: LokiDatasource, query: string): Asked => ({
  url: `the datasource ${name} of Grafana`,
  query,
});

function capOf({ maxLines }: LokiDatasource): number | undefined {
  const lines = Number(maxLines);
  return Number.isInteger(lines) && lines > 0 ? lines : undefined;
}
