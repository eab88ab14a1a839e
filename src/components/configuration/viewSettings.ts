import { shortDuration } from "../../core/words";
import type { ViewSettings } from "../environment";
import { t } from "../text";

/** One number that views go by, in words. */
export interface SettingRow {
  readonly key: keyof ViewSettings;
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** The numbers in use, with what each means. */
export function settingRows(settings: ViewSettings): readonly SettingRow[] {
  return [
    {
      key: "pollMs",
      name: t("configuration.pollMs", "Refresh"),
      value: shortDuration(settings.pollMs),
      meaning: t(
        "configuration.pollMsMeans",
        "How long a live view waits before it asks again; after failures longer.",
      ),
    },
    {
      key: "listCap",
      name: t("configuration.listCap", "Rows of a list"),
      value: settings.listCap.toLocaleString("en-US"),
      meaning: t("configuration.listCapMeans", "Runs or signals that a list shows before “show more”."),
    },
    {
      key: "fetchLimit",
      name: t("configuration.fetchLimit", "Rows of a further page"),
      value: settings.fetchLimit.toLocaleString("en-US"),
      meaning: t("configuration.fetchLimitMeans", "How many rows “show more” adds."),
    },
    {
      key: "freshMs",
      name: t("configuration.freshMs", "New for"),
      value: shortDuration(settings.freshMs),
      meaning: t("configuration.freshMsMeans", "How long a run that just arrived is marked NEW."),
    },
    {
      key: "slowStepMinMs",
      name: t("configuration.slowStepMinMs", "Slowest step from"),
      value: shortDuration(settings.slowStepMinMs),
      meaning: t(
        "configuration.slowStepMinMsMeans",
        "Steps faster than this are never marked as the slowest of a run.",
      ),
    },
  ];
}
