import { Alert } from "@grafana/ui";
import type { ReactNode } from "react";
import { Loading } from "../components/states";
import { t } from "../components/text";
import { chooseDatasource } from "./choice";
import { NoDatasource } from "./NoDatasource";
import { remembered } from "./remembered";
import { SourcePicker } from "./SourcePicker";
import type { AppSettings } from "./settings";
import { ourDatasources, type PageSource, useDatasource } from "./useDatasource";

export interface SourceGateProps {
  readonly settings: AppSettings;
  /** uid that the address names. */
  readonly address: string | undefined;
  readonly children: (source: PageSource) => ReactNode;
}

/** Shows what needs a data source once there is one, and says what to do until then. */
export function SourceGate({ settings, address, children }: SourceGateProps) {
  const all = ourDatasources();
  const chosen = chooseDatasource(all, { address, remembered: remembered(), configured: settings.datasource });
  if (chosen === undefined) return <NoDatasource />;
  return (
    <>
      {all.length > 1 && <SourcePicker uid={chosen.uid} />}
      <WithSource uid={chosen.uid} name={chosen.name}>
        {children}
      </WithSource>
    </>
  );
}

interface WithSourceProps {
  readonly uid: string;
  readonly name: string;
  readonly children: (source: PageSource) => ReactNode;
}

function WithSource({ uid, name, children }: WithSourceProps) {
  const loaded = useDatasource(uid);
  if (loaded.state === "ready") return children(loaded.source);
  if (loaded.state === "loading") return <Loading />;
  return (
    <Alert severity="error" title={t("app.source-failed", "The data source {{name}} cannot be loaded", { name })}>
      {loaded.error.message}
    </Alert>
  );
}
