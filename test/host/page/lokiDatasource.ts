import {
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  DataTopic,
  LoadingState,
  toDataFrame,
} from "@grafana/data";
import type { DataQuery } from "@grafana/schema";
import { Observable } from "rxjs";
import { framesOf, lokiData } from "./lokiAnswer";
import { hostOptions } from "./options";

interface LokiQuery extends DataQuery {
  readonly expr: string;
  readonly queryType?: "range" | "instant";
  readonly direction?: "forward" | "backward";
  readonly maxLines?: number;
  readonly step?: string;
}

const isLokiQuery = (target: DataQuery): target is LokiQuery => "expr" in target && typeof target.expr === "string";

const DAY_MS = 86_400_000;

/**
 * Stands in for Grafana's Loki datasource: splits long ranges by day, gives what it has after each, with a frame that
 * shows the progress of metric queries, and tells errors as Grafana does.
 */
export class LokiDatasource extends DataSourceApi {
  readonly maxLines = 1000;

  query(request: DataQueryRequest<DataQuery>): Observable<DataQueryResponse> {
    return new Observable((subscriber) => {
      const controller = new AbortController();
      const run = async (): Promise<void> => {
        const frames = new Map<string, DataFrame[]>();
        for (const target of request.targets.filter(isLokiQuery)) {
          const parts = partsOf(request, target);
          for (const [index, part] of parts.entries()) {
            const known = frames.get(target.refId) ?? [];
            const added = await this.#ask(target, part, controller.signal);
            frames.set(target.refId, merged(known, added));
            if (index < parts.length - 1) {
              const progress = isLogs(target.expr) ? [] : [progressFrame(target.refId, part)];
              subscriber.next({ data: [...[...frames.values()].flat(), ...progress], state: LoadingState.Streaming });
            }
            if (isLogs(target.expr) && lines(frames.get(target.refId) ?? []) >= (target.maxLines ?? this.maxLines))
              break;
          }
        }
        subscriber.next({ data: [...frames.values()].flat(), state: LoadingState.Done });
        subscriber.complete();
      };
      run().catch((error: unknown) => {
        if (controller.signal.aborted) return;
        const [target] = request.targets;
        const message = error instanceof Error ? error.message : String(error);
        const status = error instanceof LokiRefusal ? error.status : undefined;
        const failure = { message, refId: target?.refId ?? "A", ...(status === undefined ? {} : { status }) };
        subscriber.next({ data: [], error: failure, errors: [failure], state: LoadingState.Error });
        subscriber.complete();
      });
      return () => controller.abort();
    });
  }

  async testDatasource() {
    const response = await fetch("/loki/api/v1/labels");
    if (!response.ok) return { status: "error", message: "Unable to connect with Loki." };
    return { status: "success", message: "Data source successfully connected." };
  }

  async getResource(path: string, params: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const response = await fetch(`/loki/api/v1/${path}?${new URLSearchParams(params)}`);
    if (!response.ok) throw new Error(await response.text());
    const answer: unknown = await response.json();
    return typeof answer === "object" && answer !== null && "data" in answer ? answer.data : answer;
  }

  async #ask(target: LokiQuery, part: Part, signal: AbortSignal): Promise<DataFrame[]> {
    const response = await fetch(addressOf(target, part, this.maxLines), { signal });
    if (!response.ok) throw new LokiRefusal(response.status, (await response.text()).trim());
    return framesOf(lokiData(await response.json()), target.refId, target.expr);
  }
}

class LokiRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

const isLogs = (expr: string): boolean => /^\s*\{/.test(expr);
const lines = (frames: readonly DataFrame[]): number => frames.reduce((sum, { length }) => sum + length, 0);

/** Days of a range, the newest first; an instant query is whole. */
function partsOf(request: DataQueryRequest<DataQuery>, { queryType, step }: LokiQuery): Part[] {
  const from = request.range.from.valueOf();
  const to = request.range.to.valueOf();
  const stepMs = msOf(step) ?? Math.max(1000, request.intervalMs);
  if (queryType === "instant" || hostOptions().splits === false) return [{ from, to, stepMs }];
  const parts: Part[] = [];
  for (let end = to; end > from; end -= DAY_MS) parts.push({ from: Math.max(from, end - DAY_MS), to: end, stepMs });
  return parts;
}

function msOf(step: string | undefined): number | undefined {
  const [, amount, unit = ""] = /^(\d+)(ms|s|m|h|d)$/.exec(step ?? "") ?? [];
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS };
  return amount === undefined ? undefined : Number(amount) * (units[unit] ?? 1);
}

function addressOf(target: LokiQuery, { from, to, stepMs }: Part, maxLines: number): string {
  const ns = (ms: number): string => `${BigInt(Math.round(ms)) * 1_000_000n}`;
  if (target.queryType === "instant") {
    return `/loki/api/v1/query?${new URLSearchParams({ query: target.expr, time: ns(to), limit: String(maxLines) })}`;
  }
  const params = new URLSearchParams({ query: target.expr, start: ns(from), end: ns(to) });
  params.set("limit", String(target.maxLines ?? maxLines));
  params.set("direction", target.direction ?? "backward");
  if (!isLogs(target.expr)) params.set("step", `${stepMs}ms`);
  return `/loki/api/v1/query_range?${params}`;
}

/** Rows of one series go together, as in Grafana: fields that follow the first are the same. */
function merged(known: readonly DataFrame[], added: readonly DataFrame[]): DataFrame[] {
  const keyOf = (frame: DataFrame): string => JSON.stringify(frame.fields.map(({ name, labels }) => [name, labels]));
  const frames = [...known];
  for (const frame of added) {
    const at = frames.findIndex((other) => keyOf(other) === keyOf(frame));
    const other = frames[at];
    if (other === undefined) frames.push(frame);
    else frames[at] = joined(frame, other);
  }
  return frames;
}

/** Grafana puts earlier parts of series before later ones; lines stay newest first. */
function joined(earlier: DataFrame, later: DataFrame): DataFrame {
  const isLines = later.fields.some(({ name }) => name === "Line");
  const [first, second] = isLines ? [later, earlier] : [earlier, later];
  const fields = first.fields.map((field, index) => ({
    ...field,
    values: [...field.values, ...(second.fields[index]?.values ?? [])],
  }));
  return { ...first, fields, length: first.length + second.length };
}

function progressFrame(refId: string, { from, to }: Part): DataFrame {
  const frame = toDataFrame([{ time: from, timeEnd: to, isRegion: true, color: "rgba(120, 120, 120, 0.1)" }]);
  return { ...frame, refId, name: "loki-splitting-progress", meta: { dataTopic: DataTopic.Annotations } };
}
