import { dateTime, makeTimeRange, type ScopedVars } from "@grafana/data";
import { getDataSourceSrv, getTemplateSrv } from "@grafana/runtime";
import type { GetDatasource } from "./loki/findLoki";
import type { MakeTimeRange } from "./loki/lokiDatasource";

/** What of Grafana and of the browser the datasource uses: all of it is here. */
export interface Services {
  readonly getDatasource: GetDatasource;
  /** The name of a datasource by its uid; undefined when there is none. */
  readonly nameOf: (uid: string) => string | undefined;
  readonly replace: (text: string, scopedVars: ScopedVars | undefined, format: (value: unknown) => string) => string;
  readonly makeTimeRange: MakeTimeRange;
  readonly now: () => number;
  readonly isHidden: () => boolean;
}

export const grafanaServices: Services = {
  getDatasource: (uid) => getDataSourceSrv().get({ uid }),
  nameOf: (uid) => getDataSourceSrv().getInstanceSettings({ uid })?.name,
  replace: (text, scopedVars, format) => getTemplateSrv().replace(text, scopedVars, format),
  makeTimeRange: (fromMs, toMs) => makeTimeRange(dateTime(fromMs), dateTime(toMs)),
  now: Date.now,
  isHidden: () => document.hidden,
};
