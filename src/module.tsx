import { AppPlugin, type AppRootProps, type PluginConfigPageProps, type PluginMeta } from "@grafana/data";
import { lazy, Suspense } from "react";
import type { AppSettings } from "./app/settings";

/** Everything but this file is loaded when a page of the app is opened: Grafana reads it at every start. */
const App = lazy(() => import("./app/App"));
const Configuration = lazy(() => import("./app/AppConfiguration"));

export const plugin = new AppPlugin<AppSettings>()
  .setRootPage((props: AppRootProps<AppSettings>) => (
    <Suspense fallback={null}>
      <App {...props} />
    </Suspense>
  ))
  .addConfigPage({
    title: "Configuration",
    icon: "cog",
    id: "configuration",
    body: (props: PluginConfigPageProps<PluginMeta<AppSettings>>) => (
      <Suspense fallback={null}>
        <Configuration {...props} />
      </Suspense>
    ),
  });
