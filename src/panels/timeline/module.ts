import { PanelPlugin } from "@grafana/data";
import { initPluginTranslations } from "@grafana/i18n";
import { t } from "../../components/text";
import { DEFAULT_OPTIONS, migrateOptions, type TimelinePanelOptions } from "./options";
import { TimelinePanel } from "./TimelinePanel";

// Not awaited: an AMD module with top level await exports a promise. English stands until other texts are there.
void initPluginTranslations("dunetrace-agents-app");

export const plugin = new PanelPlugin<TimelinePanelOptions>(TimelinePanel)
  .setMigrationHandler((panel) => migrateOptions(panel.options))
  .setPanelOptions((builder) =>
    builder
      .addTextInput({
        path: "run_id",
        name: t("timelinePanel.run", "Run"),
        description: t("timelinePanel.runHelp", "Id of the run, such as $run; empty: the run in the data"),
        defaultValue: DEFAULT_OPTIONS.run_id,
        settings: { placeholder: "$run" },
      })
      .addBooleanSwitch({
        path: "showInner",
        name: t("timelinePanel.inner", "Inner steps"),
        description: t("timelinePanel.innerHelp", "Spans and calls that happened inside a call"),
        defaultValue: DEFAULT_OPTIONS.showInner,
      })
      .addNumberInput({
        path: "slowStepMinMs",
        name: t("timelinePanel.slow", "Slowest step from"),
        description: t("timelinePanel.slowHelp", "In ms. Faster steps are never marked as the slowest"),
        defaultValue: DEFAULT_OPTIONS.slowStepMinMs,
        settings: { min: 0, integer: true },
      }),
  );
