import { PanelPlugin } from "@grafana/data";
import { initPluginTranslations } from "@grafana/i18n";
import { t } from "../../components/text";
import { DEFAULT_OPTIONS, migrateOptions, type SignalsPanelOptions } from "./options";
import { SignalsPanel } from "./SignalsPanel";

// Not awaited: an AMD module with top level await exports a promise. English stands until other texts are there.
void initPluginTranslations("dunetrace-agents-app");

export const plugin = new PanelPlugin<SignalsPanelOptions>(SignalsPanel)
  .setMigrationHandler((panel) => migrateOptions(panel.options))
  .setPanelOptions((builder) =>
    builder.addRadio({
      path: "shadow",
      name: t("signalsPanel.shadow", "Shadow signals"),
      description: t("signalsPanel.shadowHelp", "Recorded by rules that are tried out; neither counted nor alerted"),
      defaultValue: DEFAULT_OPTIONS.shadow,
      settings: {
        options: [
          { value: "apart", label: t("signalsPanel.apart", "Apart") },
          { value: "hidden", label: t("signalsPanel.hidden", "Hidden") },
        ],
      },
    }),
  )
  .setNoPadding();
