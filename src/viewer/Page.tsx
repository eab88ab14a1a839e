import { createTheme, ThemeContext } from "@grafana/data";
import { GlobalStyles, PortalContainer } from "@grafana/ui";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import {
  DEFAULT_VIEW_SETTINGS,
  parsePath,
  pathOf,
  type ViewEnvironment,
  ViewEnvironmentProvider,
} from "../components/environment";
import { ViewPage } from "../components/frame";
import { DetectorConfig } from "../core/detectors";
import { createAsk } from "../logql/ask";
import { HttpLoki } from "../logql/client";
import { browserPlatform } from "./platform";

const loki = new HttpLoki({ url: location.origin }, browserPlatform());
const ask = createAsk(loki, { scope: {}, config: new DetectorConfig(), now: Date.now });

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
};
const hash = (): string => window.location.hash.slice(1);

/** The local page: all views over the store of `dunetrace dev`. Its address is the part after the #. */
export function Page() {
  const address = useSyncExternalStore(subscribe, hash);
  const [path = "", search = ""] = address.split("?");
  const location = useMemo(() => parsePath(path, search) ?? { page: "overview" as const, params: {} }, [path, search]);
  const navigate = useCallback<ViewEnvironment["navigate"]>((to, { replace = false } = {}) => {
    const url = `#/${pathOf(to)}`;
    if (replace) window.location.replace(url);
    else window.location.hash = url.slice(1);
  }, []);
  const environment = useMemo<ViewEnvironment>(
    () => ({
      ask,
      now: Date.now,
      location,
      navigate,
      href: (to) => `#/${pathOf(to)}`,
      explore: undefined,
      store: {
        get: (key) => localStorage.getItem(`dunetrace.${key}`) ?? undefined,
        set: (key, value) =>
          value === undefined
            ? localStorage.removeItem(`dunetrace.${key}`)
            : localStorage.setItem(`dunetrace.${key}`, value),
      },
      settings: DEFAULT_VIEW_SETTINGS,
      timeZone: "browser",
      may: { explain: false, configure: false },
      source: `the store of dunetrace dev at ${window.location.origin}`,
      firstSteps: { text: "Start an agent", command: "npx dunetrace demo --live" },
    }),
    [location, navigate],
  );
  const mode = "dark";
  const theme = useMemo(() => createTheme({ colors: { mode } }), []);
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <ViewEnvironmentProvider value={environment}>
        <main style={{ padding: 16 }}>
          <ViewPage />
        </main>
      </ViewEnvironmentProvider>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}
