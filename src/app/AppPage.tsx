import { type AppRootProps, PageLayoutType } from "@grafana/data";
import { PluginPage } from "@grafana/runtime";
import { ViewEnvironmentProvider, type ViewLocation } from "../components/environment";
import { ViewPage } from "../components/frame";
import { pageNav } from "./pageNav";
import { SourceGate } from "./SourceGate";
import { type AppSettings, parseAppSettings } from "./settings";
import { useAddress } from "./useAddress";
import { useAppEnvironment } from "./useAppEnvironment";
import type { PageSource } from "./useDatasource";

/** All pages of the app: the view that the address names, over the data source that the reader chose. */
export function AppPage({ meta }: AppRootProps<AppSettings>) {
  const location = useAddress();
  const nav = pageNav(location);
  return (
    <PluginPage layout={PageLayoutType.Canvas} {...(nav === undefined ? {} : { pageNav: nav })}>
      <SourceGate settings={parseAppSettings(meta.jsonData)} address={location.params.ds}>
        {(source) => <View source={source} location={location} />}
      </SourceGate>
    </PluginPage>
  );
}

function View({ source, location }: { readonly source: PageSource; readonly location: ViewLocation }) {
  const environment = useAppEnvironment(source, location);
  return (
    <ViewEnvironmentProvider value={environment}>
      <ViewPage />
    </ViewEnvironmentProvider>
  );
}
