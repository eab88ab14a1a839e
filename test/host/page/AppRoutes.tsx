import { type AppPlugin, type AppPluginMeta, PluginType } from "@grafana/data";
import { useEffect, useState } from "react";
import { loadApp } from "./plugins";

const APP_ID = "dunetrace-agents-app";

const META: AppPluginMeta = {
  id: APP_ID,
  name: "Dunetrace Agents",
  type: PluginType.app,
  module: "",
  baseUrl: `public/plugins/${APP_ID}`,
  enabled: true,
  pinned: true,
  jsonData: {},
  info: {
    author: { name: "" },
    description: "",
    links: [],
    logos: { small: "", large: "" },
    screenshots: [],
    updated: "",
    version: "",
  },
};

function useApp(): AppPlugin | undefined {
  const [app, setApp] = useState<AppPlugin>();
  useEffect(() => {
    loadApp(APP_ID).then((plugin) => {
      plugin.meta = META;
      plugin.init(META);
      setApp(plugin);
    });
  }, []);
  return app;
}

/** Every page of the app. */
export function AppRoute({ path }: { readonly path: string }) {
  const Root = useApp()?.root;
  if (Root === undefined) return null;
  return <Root meta={META} basename={`/a/${APP_ID}`} onNavChanged={() => undefined} query={{}} path={path} />;
}

/** The app's page among Grafana's plugins. */
export function AppConfigRoute() {
  const app = useApp();
  const page = app?.configPages?.[0];
  if (app === undefined || page === undefined) return null;
  const Body = page.body;
  return <Body plugin={app} query={{}} />;
}
