import type { DataSourcePluginOptionsEditorProps } from "@grafana/data";
import { DataSourcePicker } from "@grafana/runtime";
import { Field, SecretInput, Stack, Text } from "@grafana/ui";
import { useId } from "react";
import { t } from "../../components/text";
import { parseSettings, SETTINGS_VERSION, type SettingName, type StoredSettings } from "../settings/settings";
import { NumberFields } from "./NumberFields";
import { TextField } from "./TextField";
import { Thresholds } from "./Thresholds";

interface Secrets {
  writeKey?: string;
}
type Props = DataSourcePluginOptionsEditorProps<StoredSettings, Secrets>;

/** The settings of the data source: which Loki, what of it, thresholds and the pace of live views. */
export function ConfigEditor({ options, onOptionsChange }: Props) {
  const id = useId();
  const { jsonData } = options;
  const settings = parseSettings(jsonData);
  const problemOf = (name: SettingName) => settings.problems.find(({ setting }) => setting === name)?.message;
  const set = (changed: Partial<StoredSettings>): void =>
    onOptionsChange({ ...options, jsonData: { ...jsonData, ...changed, version: SETTINGS_VERSION } });
  const isNoLoki = settings.lokiUid === undefined;
  return (
    <Stack direction="column" gap={3}>
      <Stack direction="column" gap={2}>
        <Heading text={t("datasource.config.source", "Where the lines are")} />
        <Field
          noMargin
          label={t("datasource.config.loki", "Loki")}
          htmlFor={`${id}-loki`}
          description={t(
            "datasource.config.loki-is",
            "The Loki data source that holds the lines of your agents. Its login, tenant and permissions apply.",
          )}
          invalid={isNoLoki}
          error={isNoLoki ? t("datasource.config.loki-missing", "Choose a Loki data source") : undefined}
        >
          <DataSourcePicker
            inputId={`${id}-loki`}
            type="loki"
            noDefault
            width={48}
            current={settings.lokiUid ?? null}
            onChange={({ uid }) => set({ lokiUid: uid })}
            placeholder={t("datasource.config.loki-choose", "Choose a Loki data source")}
          />
        </Field>
        <TextField
          label={t("datasource.config.base", "Base selector")}
          description={t(
            "datasource.config.base-is",
            "Matchers that go into every query, where Loki holds more than your agents",
          )}
          placeholder='{cluster="eu"}'
          width={48}
          value={jsonData.baseSelector}
          problemOf={(baseSelector) => firstProblem({ baseSelector })}
          onCommit={(baseSelector) => set({ baseSelector })}
        />
      </Stack>
      <Thresholds
        detectors={settings.detectors}
        problem={problemOf("detectors")}
        onChange={(detectors) => set({ detectors })}
      />
      <NumberFields stored={jsonData} onChange={set} />
      <Stack direction="column" gap={2}>
        <Heading text={t("datasource.config.write", "Markers of deployments and fixes")} />
        <TextField
          label={t("datasource.config.write-url", "Write URL")}
          description={t(
            "datasource.config.write-url-is",
            "/v1/events of a collector. Grafana passes on what editors send.",
          )}
          placeholder="http://collector:4318/v1/events"
          width={48}
          value={jsonData.writeUrl}
          problemOf={(writeUrl) => firstProblem({ writeUrl })}
          onCommit={(writeUrl) => set({ writeUrl })}
        />
        <Field noMargin label={t("datasource.config.write-key", "Write key")} htmlFor={`${id}-key`}>
          <SecretInput
            id={`${id}-key`}
            width={48}
            isConfigured={options.secureJsonFields.writeKey === true}
            value={options.secureJsonData?.writeKey ?? ""}
            onChange={(event) =>
              onOptionsChange({ ...options, secureJsonData: { writeKey: event.currentTarget.value } })
            }
            onReset={() =>
              onOptionsChange({
                ...options,
                secureJsonFields: { ...options.secureJsonFields, writeKey: false },
                secureJsonData: { writeKey: "" },
              })
            }
          />
        </Field>
      </Stack>
    </Stack>
  );
}

const Heading = ({ text }: { readonly text: string }) => (
  <Text element="h3" variant="h4">
    {text}
  </Text>
);

const firstProblem = (changed: Partial<StoredSettings>): string | undefined =>
  parseSettings(changed).problems[0]?.message;
