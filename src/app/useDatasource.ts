import type { DataSourceApi } from "@grafana/data";
import { getDataSourceSrv } from "@grafana/runtime";
import { useEffect, useState } from "react";
import type { ViewSettings } from "../components/environment";
import type { Ask } from "../logql/ask";
import { DATASOURCE_ID } from "./ids";

/** What the pages need of an instance of our data source. */
export interface PageSource {
  readonly uid: string;
  readonly ask: Ask;
  readonly viewSettings: ViewSettings;
  readonly lokiUid: string | undefined;
  readonly lokiName: string | undefined;
}

/** Whether a loaded data source is ours: of this version or of one that answers the same questions. */
function isPageSource(api: DataSourceApi): api is DataSourceApi & PageSource {
  return "ask" in api && typeof api.ask === "function" && "viewSettings" in api && typeof api.viewSettings === "object";
}

/** The instances of our data source, by name. */
export function ourDatasources() {
  return getDataSourceSrv()
    .getList({ pluginId: DATASOURCE_ID })
    .filter(({ type }) => type === DATASOURCE_ID);
}

export type Loaded =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: Error }
  | { readonly state: "ready"; readonly source: PageSource };

/** The instance of a data source, once its plugin is loaded. */
export function useDatasource(uid: string): Loaded {
  const [loaded, setLoaded] = useState<{ readonly uid: string; readonly outcome: Loaded }>();
  useEffect(() => {
    let isWanted = true;
    const tell = (outcome: Loaded): void => {
      if (isWanted) setLoaded({ uid, outcome });
    };
    getDataSourceSrv()
      .get({ uid, type: DATASOURCE_ID })
      .then((api) => {
        if (isPageSource(api)) tell({ state: "ready", source: api });
        else tell({ state: "failed", error: new Error("It is of another version than this app.") });
      })
      .catch((error: unknown) =>
        tell({ state: "failed", error: error instanceof Error ? error : new Error(String(error)) }),
      );
    return () => {
      isWanted = false;
    };
  }, [uid]);
  return loaded?.uid === uid ? loaded.outcome : { state: "loading" };
}
