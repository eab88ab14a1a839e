import {
  type DataSourceApi,
  type DataSourcePlugin,
  type DataSourceSettings,
  getDefaultTimeRange,
  type QueryEditorProps,
} from "@grafana/data";
import type { DataQuery } from "@grafana/schema";
import { type ComponentType, useEffect, useState } from "react";
import { loadDatasource } from "./plugins";
import { allSettings, DATASOURCE_ID, datasource } from "./services";

type Plugin = DataSourcePlugin<DataSourceApi>;
type Editor = ComponentType<QueryEditorProps<DataSourceApi, DataQuery>>;

function Value({ of: value }: { readonly of: unknown }) {
  return (
    <pre data-testid="host-value" style={{ marginTop: 32 }}>
      {JSON.stringify(value)}
    </pre>
  );
}

function usePlugin(): Plugin | undefined {
  const [plugin, setPlugin] = useState<Plugin>();
  useEffect(() => {
    loadDatasource(DATASOURCE_ID).then(setPlugin);
  }, []);
  return plugin;
}

/** Where an administrator sets the datasource up. */
export function ConfigRoute() {
  const plugin = usePlugin();
  const [settings, setSettings] = useState<DataSourceSettings | undefined>(() => {
    const one = allSettings().find(({ type }) => type === DATASOURCE_ID);
    if (one === undefined) return undefined;
    const { uid, name, type, jsonData } = one;
    return {
      ...{
        id: 1,
        uid,
        name,
        type,
        jsonData,
        orgId: 1,
        typeLogoUrl: "",
        typeName: "Dunetrace",
        access: "proxy",
        url: "",
      },
      ...{ user: "", database: "", basicAuth: false, basicAuthUser: "", isDefault: false, secureJsonFields: {} },
      ...{ readOnly: false, withCredentials: false },
    };
  });
  const ConfigEditor = plugin?.components.ConfigEditor;
  if (ConfigEditor === undefined || settings === undefined) return null;
  return (
    <>
      <ConfigEditor options={settings} onOptionsChange={setSettings} />
      <Value of={settings.jsonData} />
    </>
  );
}

type Kind = "query" | "annotation" | "variable";

const EDITORS: Readonly<Record<Kind, (plugin: Plugin, api: DataSourceApi) => Editor | undefined>> = {
  query: (plugin) => plugin.components.QueryEditor,
  annotation: (_plugin, api) => api.annotations?.QueryEditor,
  variable: (_plugin, { variables }) =>
    variables !== undefined && "editor" in variables ? variables.editor : undefined,
};

/** An editor of a query of the datasource as dashboards show it: `/<kind>?query=<json>`. */
export function QueryRoute({ kind, params }: { readonly kind: Kind; readonly params: URLSearchParams }) {
  const plugin = usePlugin();
  const [api, setApi] = useState<DataSourceApi>();
  const [query, setQuery] = useState<DataQuery>(() => ({ refId: "A", ...JSON.parse(params.get("query") ?? "{}") }));
  const [runs, setRuns] = useState(0);
  useEffect(() => {
    datasource(params.get("ds") ?? "dunetrace").then(setApi);
  }, [params]);
  const QueryEditor = plugin === undefined || api === undefined ? undefined : EDITORS[kind](plugin, api);
  if (QueryEditor === undefined || api === undefined) return null;
  return (
    <>
      <QueryEditor
        datasource={api}
        query={query}
        onChange={setQuery}
        onRunQuery={() => setRuns((count) => count + 1)}
        range={getDefaultTimeRange()}
      />
      <Value of={query} />
      <output data-testid="host-runs">{runs}</output>
    </>
  );
}
