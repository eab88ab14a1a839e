import { canAlert } from "../detectors/canAlert";
import { settingName, settingValue } from "../detectors/settingWords";
import type { Column } from "../table";
import { t } from "../text";
import type { ThresholdRow } from "./thresholdRows";
import type { SettingRow } from "./viewSettings";

/** The table of the numbers that views go by. */
export function settingColumns(): readonly Column<SettingRow>[] {
  return [
    {
      id: "name",
      title: t("configuration.column.setting", "Setting"),
      cell: ({ name }) => name,
      width: 160,
      stacked: "head",
    },
    {
      id: "value",
      title: t("configuration.column.value", "In use"),
      cell: ({ value }) => value,
      align: "right",
      width: 80,
    },
    {
      id: "meaning",
      title: t("configuration.column.meaning", "Meaning"),
      cell: ({ meaning }) => <span title={meaning}>{meaning}</span>,
      width: 240,
      grow: 1,
    },
  ];
}

/** The table of the settings of the detectors. */
export function thresholdColumns(): readonly Column<ThresholdRow>[] {
  return [
    {
      id: "detector",
      title: t("configuration.column.detector", "Detector"),
      cell: ({ detector }) => detector.label,
      width: 170,
      stacked: "head",
    },
    {
      id: "name",
      title: t("configuration.column.setting", "Setting"),
      cell: ({ name }) => (name === undefined ? t("configuration.noSetting", "no threshold") : settingName(name)),
      width: 150,
    },
    {
      id: "value",
      title: t("configuration.column.value", "In use"),
      cell: (row) => <Value {...row} />,
      align: "right",
      width: 80,
    },
    {
      id: "builtIn",
      title: t("configuration.column.builtIn", "Built in"),
      cell: ({ name, builtIn }) => (name === undefined ? "" : settingValue(name, builtIn)),
      align: "right",
      width: 70,
      priority: 2,
    },
    {
      id: "shadow",
      title: t("configuration.column.signals", "Signals"),
      cell: ({ shadow, detector }) => signalsText(shadow, canAlert(detector)),
      width: 150,
      priority: 1,
    },
    {
      id: "meaning",
      title: t("configuration.column.meaning", "Meaning"),
      cell: ({ meaning }) => <span title={meaning}>{meaning}</span>,
      width: 160,
      grow: 1,
      priority: 3,
      stacked: "hidden",
    },
  ];
}

function signalsText(shadow: boolean, alerts: boolean): string {
  if (shadow) return t("configuration.recorded", "recorded only");
  return alerts ? t("configuration.alerted", "counted, alerted from HIGH") : t("configuration.counted", "counted");
}

function Value({ name, value, isChanged }: ThresholdRow) {
  const text = name === undefined ? "" : settingValue(name, value);
  return isChanged ? <strong title={t("configuration.changed", "Not as built in")}>{text}</strong> : text;
}
