import type { ObservableInput } from "rxjs";
import { isRecord, textOf } from "./record";

/** A query as Grafana's Loki datasource takes it: only what we set. */
export interface LokiTarget {
  readonly refId: string;
  /** Loki's own: with another one Grafana would ask that one's backend. */
  readonly datasource: LokiRef;
  readonly expr: string;
  readonly queryType: "range" | "instant";
  readonly direction?: "forward" | "backward";
  readonly maxLines?: number;
  readonly step?: string;
}

export interface LokiRef {
  readonly uid: string;
  readonly type: string;
}

interface Moment {
  /** ms since the epoch. */
  valueOf(): number;
}

/** A time range of Grafana, as far as the Loki datasource looks at it. */
export interface LokiTimeRange {
  readonly from: Moment;
  readonly to: Moment;
  readonly raw: { readonly from: Moment | string; readonly to: Moment | string };
}
export type MakeTimeRange = (fromMs: number, toMs: number) => LokiTimeRange;

/** A request as Grafana makes them. */
export interface LokiRequest {
  readonly requestId: string;
  readonly app: string;
  readonly range: LokiTimeRange;
  readonly interval: string;
  readonly intervalMs: number;
  readonly maxDataPoints: number;
  readonly scopedVars: Readonly<Record<string, never>>;
  readonly filters: readonly never[];
  readonly timezone: string;
  readonly startTime: number;
  readonly hideFromInspector: boolean;
  readonly targets: readonly LokiTarget[];
}

/** What we use of an instance of Grafana's Loki datasource. It is no public contract, so its shape is checked. */
export interface LokiDatasource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  /** Lines a query gives when it does not say; texts in settings of old. */
  readonly maxLines?: unknown;
  query(request: LokiRequest): ObservableInput<unknown>;
  getResource?(path: string, params: Readonly<Record<string, string>>): Promise<unknown>;
  metricFindQuery?(query: unknown, options: unknown): Promise<unknown>;
  testDatasource?(): Promise<unknown>;
}

export const LOKI_TYPE = "loki";

/** Whether a datasource instance is a Loki, as far as we use one. */
export function isLokiDatasource(value: unknown): value is LokiDatasource {
  return (
    isRecord(value) &&
    value.type === LOKI_TYPE &&
    textOf(value.uid) !== undefined &&
    typeof value.name === "string" &&
    typeof value.query === "function"
  );
}

export const refOf = ({ uid, type }: LokiDatasource): LokiRef => ({ uid, type });
