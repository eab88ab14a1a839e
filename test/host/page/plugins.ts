import { AppPlugin, DataSourcePlugin, PanelPlugin } from "@grafana/data";

async function load(id: string): Promise<object> {
  const module = await System.import(`${window.location.origin}/public/plugins/${id}/module.js`);
  if (typeof module !== "object" || module === null || !("plugin" in module)) {
    throw new Error(`The module of ${id} exports no plugin`);
  }
  const { plugin } = module;
  if (typeof plugin !== "object" || plugin === null) throw new Error(`The plugin of ${id} is no object`);
  return plugin;
}

export async function loadApp(id: string): Promise<AppPlugin> {
  const plugin = await load(id);
  if (plugin instanceof AppPlugin) return plugin;
  throw new Error(`${id} is no app`);
}

export async function loadDatasource(id: string) {
  const plugin = await load(id);
  if (plugin instanceof DataSourcePlugin) return plugin;
  throw new Error(`${id} is no datasource`);
}

export async function loadPanel(id: string): Promise<PanelPlugin> {
  const plugin = await load(id);
  if (plugin instanceof PanelPlugin) return plugin;
  throw new Error(`${id} is no panel`);
}
