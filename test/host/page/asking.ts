import {
  CoreApp,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  dateTime,
  LoadingState,
  type PanelData,
  toDataFrame,
} from "@grafana/data";
import type { DataQuery } from "@grafana/schema";
import { from, lastValueFrom, type Observable } from "rxjs";

export interface AskedRange {
  /** ms. */
  readonly from: number;
  readonly to: number;
}

/** A request as a panel of a dashboard makes it. */
export function requestOf(targets: DataQuery[], { from, to }: AskedRange): DataQueryRequest<DataQuery> {
  const ends = { from: dateTime(from), to: dateTime(to) };
  return {
    requestId: "Q1",
    app: CoreApp.Dashboard,
    interval: "30s",
    intervalMs: 30_000,
    maxDataPoints: 500,
    range: { ...ends, raw: ends },
    scopedVars: {},
    startTime: Date.now(),
    targets,
    timezone: "utc",
  };
}

/** Everything a datasource gives to a request, one after the other. */
export function responsesOf(api: DataSourceApi, request: DataQueryRequest<DataQuery>): Observable<DataQueryResponse> {
  return from(api.query(request));
}

/** The end of an answer. */
export const lastResponse = (api: DataSourceApi, request: DataQueryRequest<DataQuery>): Promise<DataQueryResponse> =>
  lastValueFrom(responsesOf(api, request), { defaultValue: { data: [] } });

/** A response as a panel gets it. */
export function panelDataOf(request: DataQueryRequest<DataQuery>, response: DataQueryResponse | undefined): PanelData {
  const timeRange = request.range;
  if (response === undefined) return { state: LoadingState.Loading, series: [], timeRange, request };
  const errors = response.errors ?? (response.error === undefined ? [] : [response.error]);
  const [error] = errors;
  return {
    state: error === undefined ? (response.state ?? LoadingState.Done) : LoadingState.Error,
    series: response.data.map((frame) => toDataFrame(frame)),
    timeRange,
    request,
    ...(error === undefined ? {} : { error, errors }),
  };
}
