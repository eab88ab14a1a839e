import type { PluginConfigPageProps, PluginMeta } from "@grafana/data";
import { DataSourcePicker } from "@grafana/runtime";
import { Alert, Button, Field, FieldSet, Stack } from "@grafana/ui";
import { useState } from "react";
import { ViewEnvironmentProvider, type ViewLocation } from "../components/environment";
import { ViewPage } from "../components/frame";
import { Trans, t } from "../components/text";
import { DATASOURCE_ID } from "./ids";
import { SourceGate } from "./SourceGate";
import { saveSettings } from "./saveSettings";
import { type AppSettings, parseAppSettings } from "./settings";
import { useAppEnvironment } from "./useAppEnvironment";
import type { PageSource } from "./useDatasource";

const LOCATION: ViewLocation = { page: "configuration", params: {} };

/** The app's page among Grafana's plugins: switches it on, names the data source to begin with, shows what it judges by. */
export function ConfigurationPage({ plugin: { meta } }: PluginConfigPageProps<PluginMeta<AppSettings>>) {
  const [settings, setSettings] = useState(() => parseAppSettings(meta.jsonData));
  const [error, setError] = useState<string>();
  const save = (changes: Parameters<typeof saveSettings>[1]): void => {
    saveSettings(meta, changes).catch((reason: unknown) => setError(messageOf(reason)));
  };
  return (
    <Stack direction="column" gap={3}>
      {meta.enabled !== true && (
        <Alert severity="info" title={t("app.configuration.off", "The app is switched off")}>
          <Button onClick={() => save({ enabled: true, pinned: true })}>
            <Trans i18nKey="app.configuration.enable">Enable</Trans>
          </Button>
        </Alert>
      )}
      {error !== undefined && (
        <Alert severity="error" title={t("app.configuration.not-saved", "Grafana did not take the settings")}>
          {error}
        </Alert>
      )}
      <FieldSet label={t("app.configuration.source", "Where the runs come from")}>
        <Field
          label={t("app.configuration.default-source", "Data source to begin with")}
          description={t(
            "app.configuration.default-source-hint",
            "Readers can choose another one. Without any, the first one is shown.",
          )}
        >
          <DataSourcePicker
            inputId="dunetrace-default-source"
            pluginId={DATASOURCE_ID}
            current={settings.datasource ?? null}
            noDefault
            onChange={({ uid }) => setSettings({ datasource: uid })}
            onClear={() => setSettings({})}
          />
        </Field>
        <Button onClick={() => save({ jsonData: settings })}>
          <Trans i18nKey="app.configuration.save">Save</Trans>
        </Button>
      </FieldSet>
      <SourceGate settings={settings} address={settings.datasource}>
        {(source) => <Judged source={source} />}
      </SourceGate>
    </Stack>
  );
}

function Judged({ source }: { readonly source: PageSource }) {
  const environment = useAppEnvironment(source, LOCATION);
  return (
    <ViewEnvironmentProvider value={environment}>
      <ViewPage />
    </ViewEnvironmentProvider>
  );
}

/** Grafana answers with an object that has the message of its server within. */
function messageOf(reason: unknown): string {
  if (reason instanceof Error) return reason.message;
  if (typeof reason !== "object" || reason === null || !("data" in reason)) return String(reason);
  const { data } = reason;
  return typeof data === "object" && data !== null && "message" in data ? String(data.message) : JSON.stringify(data);
}
