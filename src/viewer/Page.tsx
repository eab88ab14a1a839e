import { ThemeContext } from "@grafana/data";
import { GlobalStyles, PortalContainer } from "@grafana/ui";
import { useMemo } from "react";
import { type ViewEnvironment, ViewEnvironmentProvider } from "../components/environment";
import { ViewPage } from "../components/frame";
import { t } from "../components/text";
import { useAddress } from "./address";
import { localStore } from "./localStore";
import { Navigation } from "./Navigation";
import type { Served } from "./served";
import { type ThemeChoice, useThemeChoice } from "./theme";

/** The local page: all views over what `dunetrace dev` serves. */
export function Page({ served }: { readonly served: Served }) {
  const { location, navigate, href } = useAddress();
  const { theme, choice, choose } = useThemeChoice(location.params.theme);
  const onChoose = (chosen: ThemeChoice): void => {
    choose(chosen);
    // A theme that the address names would win over the choice.
    const { theme: _named, ...params } = location.params;
    navigate({ ...location, params }, { replace: true });
  };
  const environment = useMemo<ViewEnvironment>(
    () => ({
      ask: served.ask,
      now: Date.now,
      location,
      navigate,
      href,
      explore: undefined,
      store: localStore,
      settings: served.settings,
      timeZone: location.params.timezone ?? "browser",
      may: { explain: false, configure: false },
      source: served.source,
      configure: {
        text: t(
          "viewer.configure",
          "Thresholds come from detectors.yml in the folder where dunetrace dev was started, or from --detectors.",
        ),
      },
      firstSteps: served.firstSteps,
    }),
    [served, location, navigate, href],
  );
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <ViewEnvironmentProvider value={environment}>
        <Navigation choice={choice} onChoose={onChoose} version={served.version}>
          <ViewPage />
        </Navigation>
      </ViewEnvironmentProvider>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}
