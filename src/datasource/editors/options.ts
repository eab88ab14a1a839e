import type { ComboboxOption } from "@grafana/ui";
import { t } from "../../components/text";
import { DETECTORS } from "../../core/detectors";
import { SEVERITIES } from "../../core/wire";
import type { VerdictMode } from "../../logql/ask";
import { queryTypeName } from "../query/displayText";
import { type AgentsQueryType, QUERY_TYPES } from "../query/types";

/** Query types with what each is for; annotations have an editor of their own. */
export function typeOptions(): ComboboxOption<AgentsQueryType>[] {
  const descriptions: Readonly<Record<AgentsQueryType, string>> = {
    runs: t("datasource.type-of.runs", "A table of runs, newest or slowest first"),
    run: t("datasource.type-of.run", "Steps, lines or spans of one run"),
    signals: t("datasource.type-of.signals", "What went wrong, why, and what to do"),
    signalRate: t("datasource.type-of.signal-rate", "Signals over time"),
    agents: t("datasource.type-of.agents", "Runs, signals and cost per agent"),
    whatIf: t("datasource.type-of.what-if", "How many runs would fire with other thresholds"),
    annotations: "",
  };
  return QUERY_TYPES.filter((type) => type !== "annotations").map((value) => ({
    value,
    label: queryTypeName(value),
    description: descriptions[value],
  }));
}

export function modeOptions(): ComboboxOption<VerdictMode>[] {
  return [
    {
      value: "auto",
      label: t("datasource.mode.auto", "Recorded, else computed"),
      description: t("datasource.mode.auto-is", "Computed only where nothing is recorded"),
    },
    {
      value: "recorded",
      label: t("datasource.mode.recorded", "Recorded"),
      description: t("datasource.mode.recorded-is", "What the agents wrote"),
    },
    {
      value: "computed",
      label: t("datasource.mode.computed", "Computed"),
      description: t("datasource.mode.computed-is", "With the thresholds of this data source"),
    },
  ];
}

export function failureTypeOptions(): ComboboxOption<string>[] {
  return DETECTORS.map(({ type, label, summary }) => ({ value: type, label, description: summary }));
}

/** Severities from the worst on; "" is the default of the query type. */
export function severityOptions(): ComboboxOption<string>[] {
  return [
    { value: "", label: t("datasource.severity.any", "Default") },
    ...[...SEVERITIES].reverse().map((value) => ({
      value,
      label: value === "CRITICAL" ? value : t("datasource.severity.from", "{{value}} and worse", { value }),
    })),
  ];
}
