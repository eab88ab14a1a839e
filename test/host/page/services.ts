import {
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type DataSourcePluginMeta,
  type DataSourceRef,
  EventBusSrv,
  PluginType,
} from "@grafana/data";
import {
  type BackendSrvRequest,
  type FetchResponse,
  type GetDataSourceListFilters,
  setAppEvents,
  setBackendSrv,
  setDataSourceSrv,
} from "@grafana/runtime";
import { from, lastValueFrom, type Observable } from "rxjs";
import { LokiDatasource } from "./lokiDatasource";
import { hostOptions } from "./options";
import { loadDatasource } from "./plugins";

export const DATASOURCE_ID = "dunetrace-agents-datasource";
const INSTANCES = { dunetrace: { lokiUid: "loki" } };

function metaOf(id: string, name: string): DataSourcePluginMeta {
  const logo = `/public/plugins/${id}/img/logo.svg`;
  return {
    id,
    name,
    type: PluginType.datasource,
    module: "",
    baseUrl: `public/plugins/${id}`,
    logs: true,
    metrics: true,
    annotations: true,
    info: {
      author: { name: "" },
      description: "",
      links: [],
      logos: { small: logo, large: logo },
      screenshots: [],
      updated: "",
      version: "",
    },
  };
}

function settingsOf(uid: string, name: string, type: string, jsonData: object): DataSourceInstanceSettings {
  return { id: 1, uid, name, type, jsonData, access: "proxy", readOnly: false, meta: metaOf(type, name) };
}

/** The datasources of this Grafana. */
export function allSettings(): DataSourceInstanceSettings[] {
  const ours = Object.entries(hostOptions().instances ?? INSTANCES);
  return [
    settingsOf("loki", "Loki", "loki", {}),
    ...ours.map(([uid, jsonData]) => settingsOf(uid, `Dunetrace ${uid}`, DATASOURCE_ID, jsonData)),
  ];
}

const uidOf = (ref: DataSourceRef | string | null | undefined): string | undefined =>
  typeof ref === "string" ? ref : ref?.uid;

const find = (ref: DataSourceRef | string | null | undefined): DataSourceInstanceSettings | undefined =>
  allSettings().find(({ uid, name }) => uid === uidOf(ref) || name === uidOf(ref));

const loaded = new Map<string, Promise<DataSourceApi>>();

async function instantiate(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  if (settings.type === "loki") return new LokiDatasource(settings);
  const { DataSourceClass, components } = await loadDatasource(settings.type);
  const api = new DataSourceClass(settings);
  api.components = components;
  return api;
}

/** The instance of a datasource, as Grafana keeps one for each. */
export function datasource(ref: DataSourceRef | string | null | undefined): Promise<DataSourceApi> {
  const settings = find(ref);
  if (settings === undefined) return Promise.reject(new Error(`Data source ${uidOf(ref)} was not found`));
  const api = loaded.get(settings.uid) ?? instantiate(settings);
  loaded.set(settings.uid, api);
  return api;
}

function list({ pluginId, type, filter }: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
  const types = typeof type === "string" ? [type] : type;
  return allSettings()
    .filter((one) => pluginId === undefined || one.meta.id === pluginId)
    .filter((one) => types === undefined || types.includes(one.type))
    .filter((one) => filter?.(one) ?? true);
}

function send<T>({ url, method = "GET", data }: BackendSrvRequest): Observable<FetchResponse<T>> {
  const asked = fetch(url, {
    method,
    ...(data === undefined ? {} : { body: JSON.stringify(data), headers: { "content-type": "application/json" } }),
  }).then(async (response) => {
    const { status, statusText, ok, headers, redirected, type } = response;
    const body: T = await response.json();
    const answer = { status, statusText, ok, headers, redirected, type, url, data: body, config: { url } };
    if (!ok) throw answer;
    return answer;
  });
  return from(asked);
}

/** Gives plugins the services of a Grafana. */
export function provideServices(): void {
  setDataSourceSrv({
    get: datasource,
    getList: list,
    getInstanceSettings: find,
    reload: () => Promise.resolve(),
    registerRuntimeDataSource: () => undefined,
  });
  const body = async <T>(request: BackendSrvRequest): Promise<T> => (await lastValueFrom(send<T>(request))).data;
  setBackendSrv({
    get: (url) => body({ url }),
    post: (url, data) => body({ url, method: "POST", data }),
    put: (url, data) => body({ url, method: "PUT", data }),
    patch: (url, data) => body({ url, method: "PATCH", data }),
    delete: (url) => body({ url, method: "DELETE" }),
    request: body,
    datasourceRequest: (request: BackendSrvRequest) => lastValueFrom(send(request)),
    fetch: send,
    chunked: () => {
      throw new Error("The host page has no chunked requests");
    },
  });
  setAppEvents(new EventBusSrv());
}
