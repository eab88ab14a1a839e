import { Observable } from "rxjs";
import type { LokiRequest, LokiTarget, MakeTimeRange } from "../../src/datasource/loki/lokiDatasource";
import type { LogEntry, LokiApi, Sample, Series } from "../../src/logql";
import { rawLogql } from "../../src/logql/builders";

const DAY_MS = 86_400_000;
const ns = (ms: number): bigint => BigInt(ms) * 1_000_000n;
const PROGRESS = {
  name: "loki-splitting-progress",
  meta: { dataTopic: "annotations" },
  fields: [{ name: "time", type: "time", values: [0] }],
};

type Frame = object;

/** What Grafana's template variables would make of a query that does not protect its strings. */
function interpolated(expr: string): string {
  return expr.replace(/\$\{\w+[^}]*\}|\$\w+|\[\[\w+\]\]/g, "INTERPOLATED");
}

/** Grafana's Loki datasource as it was seen to behave, over any Loki: times in ms, split by day, frames instead of JSON. */
export class FakeLoki {
  readonly uid = "loki-1";
  readonly name = "Loki";
  readonly type = "loki";
  readonly requests: LokiRequest[] = [];

  /**
   * @param cap lines handed out whatever is asked for
   * @param whole honours refIds that ask not to be split
   */
  constructor(
    private readonly api: LokiApi,
    readonly maxLines: number = 1000,
    private readonly options: { readonly cap?: number; readonly whole?: boolean } = {},
  ) {}

  query(request: LokiRequest): Observable<unknown> {
    this.requests.push(request);
    return new Observable((subscriber) => {
      this.#parts(request, (response) => subscriber.next(response)).then(
        () => subscriber.complete(),
        (error: unknown) => subscriber.error(error),
      );
    });
  }

  async getResource(path: string, params: Readonly<Record<string, string>>): Promise<unknown> {
    const label = decodeURIComponent(/^label\/(.*)\/values$/.exec(path)?.[1] ?? "");
    const { start = "0", end = "0", query } = params;
    const span = { start: BigInt(start), end: BigInt(end) };
    const data = await this.api.labelValues(label, query === undefined ? span : { ...span, query: rawLogql(query) });
    return { status: "success", data };
  }

  async #parts(request: LokiRequest, emit: (response: unknown) => void): Promise<void> {
    const [target] = request.targets;
    if (target === undefined) return;
    const from = request.range.from.valueOf();
    const to = request.range.to.valueOf();
    const isLogs = target.maxLines !== undefined;
    const isWhole =
      target.queryType === "instant" || (this.options.whole !== false && /do-not-chunk/.test(target.refId));
    const spans = isWhole ? [[from, to] as const] : days(from, to, target.direction === "forward" || !isLogs);
    const frames: Frame[] = [];
    let left = Math.min(target.maxLines ?? this.maxLines, this.options.cap ?? Number.POSITIVE_INFINITY);
    for (const [at, span] of spans.entries()) {
      if (isLogs && left <= 0) break;
      const { frame, lines } = await this.#part(target, span[0], span[1], left);
      left -= lines;
      frames.push(...frame);
      const isLast = at === spans.length - 1;
      const progress = isLogs || isLast ? [] : [PROGRESS];
      emit({ data: [...frames, ...progress], state: isLast ? "Done" : "Streaming", key: "k" });
    }
    emit({ data: frames, state: "Done", key: "k" });
  }

  async #part(target: LokiTarget, from: number, to: number, lines: number) {
    const query = rawLogql(interpolated(target.expr));
    if (target.queryType === "instant") {
      const samples = await this.api.instant({ query, time: ns(to) });
      return { frame: [tableFrame(samples, target.refId)], lines: 0 };
    }
    if (target.maxLines === undefined) {
      const stepMs = Number.parseInt(target.step ?? "1000", 10);
      const series = await this.api.range({ query, start: ns(from), end: ns(to), stepMs });
      return { frame: series.map(seriesFrame), lines: 0 };
    }
    const direction = target.direction ?? "backward";
    const entries = await this.api.logs({ query, start: ns(from), end: ns(to), limit: lines, direction });
    return { frame: [linesFrame(entries, target.refId)], lines: entries.length };
  }
}

/** Days from the end on, or from the start on. */
function days(from: number, to: number, forward: boolean): (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  for (let end = to; end > from; end -= DAY_MS) spans.push([Math.max(from, end - DAY_MS), end]);
  return forward ? spans.reverse() : spans;
}

function linesFrame(entries: readonly LogEntry[], refId: string): Frame {
  return {
    refId,
    fields: [
      { name: "labels", type: "other", values: entries.map(({ labels, parsed }) => ({ ...labels, ...parsed })) },
      { name: "Time", type: "time", values: entries.map(({ ts }) => Number(ts / 1_000_000n)) },
      { name: "Line", type: "string", values: entries.map(({ line }) => line) },
      { name: "tsNs", type: "string", values: entries.map(({ ts }) => String(ts)) },
      { name: "labelTypes", type: "other", values: entries.map(kinds) },
      { name: "id", type: "string", values: entries.map(({ ts }, at) => `${ts}_${at}`) },
    ],
  };
}

function kinds({ labels, parsed }: LogEntry): Record<string, string> {
  const of = (names: object, kind: string) => Object.keys(names).map((name) => [name, kind]);
  return Object.fromEntries([...of(labels, "I"), ...of(parsed, "P")]);
}

function tableFrame(samples: readonly Sample[], refId: string): Frame {
  const names = [...new Set(samples.flatMap(({ metric }) => Object.keys(metric)))].sort();
  return {
    refId,
    fields: [
      { name: "Time", type: "time", values: samples.map(({ time }) => time * 1000) },
      ...names.map((name) => ({ name, type: "string", values: samples.map(({ metric }) => metric[name] ?? "") })),
      { name: `Value #${refId}`, type: "number", values: samples.map(({ value }) => value) },
    ],
  };
}

function seriesFrame({ metric, points }: Series): Frame {
  return {
    fields: [
      { name: "Time", type: "time", values: points.map(({ time }) => time * 1000) },
      { name: "Value", type: "number", labels: metric, values: points.map(({ value }) => value) },
    ],
  };
}

export const makeTestRange: MakeTimeRange = (fromMs, toMs) => {
  const range = { from: new Date(fromMs), to: new Date(toMs) };
  return { ...range, raw: range };
};
