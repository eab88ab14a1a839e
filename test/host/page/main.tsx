import { createTheme, standardEditorsRegistry, ThemeContext } from "@grafana/data";
import { initPluginTranslations } from "@grafana/i18n";
import { locationService } from "@grafana/runtime";
import { GlobalStyles, PortalContainer } from "@grafana/ui";
import { useMemo, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { AppConfigRoute, AppRoute } from "./AppRoutes";
import { exposeApi } from "./api";
import { ConfigRoute, QueryRoute } from "./EditorRoutes";
import { optionEditors } from "./optionEditors";
import { hostOptions } from "./options";
import { PanelRoute } from "./PanelRoute";
import { provideServices } from "./services";
import { share } from "./shared";
import { provideTemplates } from "./templates";

const subscribe = (changed: () => void): (() => void) => locationService.getHistory().listen(changed);
const address = (): string => {
  const { pathname, search } = locationService.getLocation();
  return pathname + search;
};

function Route() {
  const current = useSyncExternalStore(subscribe, address);
  const [path = "", search = ""] = current.split(/\?(.*)/s);
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const [, first, second = ""] = path.split("/");
  if (first === "a") return <AppRoute path={path} />;
  if (first === "plugins") return <AppConfigRoute />;
  if (first === "panel") return <PanelRoute id={second} params={params} />;
  if (first === "datasource") return <ConfigRoute />;
  if (first === "query" || first === "annotation" || first === "variable") {
    return <QueryRoute kind={first} params={params} />;
  }
  return null;
}

/** Grafana follows links within itself without loading the page anew. */
function interceptLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || link.target !== "" || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (link.origin !== window.location.origin) return;
    event.preventDefault();
    locationService.push(link.pathname + link.search);
  });
}

async function start(): Promise<void> {
  share();
  standardEditorsRegistry.setInit(optionEditors);
  provideServices();
  provideTemplates();
  await initPluginTranslations("grafana");
  interceptLinks();
  exposeApi();
  const { theme: mode = "dark" } = hostOptions();
  const theme = createTheme({ colors: { mode } });
  const root = document.getElementById("root");
  if (root === null) throw new Error("The page has no #root");
  createRoot(root).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <main style={{ padding: 16 }}>
        <Route />
      </main>
      <PortalContainer />
    </ThemeContext.Provider>,
  );
}

void start();
