import { Combobox } from "@grafana/ui";
import { useId } from "react";
import { SEVERITIES } from "../../core/wire";
import { useParams } from "../environment";
import { t } from "../text";
import { Labelled } from "./Labelled";
import { useFilters } from "./useFilters";

/** How severe at least. */
export function SeverityFilter() {
  const id = useId();
  const { min_severity } = useFilters();
  const [, change] = useParams();
  const options = SEVERITIES.toReversed().map((severity) => ({
    value: severity,
    label:
      severity === "CRITICAL"
        ? t("filters.onlyCritical", "CRITICAL only")
        : t("filters.severityFrom", "{{severity}} and above", { severity }),
  }));
  return (
    <Labelled id={id} label={t("filters.severity", "Severity")}>
      <Combobox
        id={id}
        width="auto"
        minWidth={16}
        maxWidth={32}
        placeholder={t("filters.anySeverity", "Severity: any")}
        options={options}
        value={min_severity ?? null}
        onChange={(option) => change({ severity: option?.value })}
        isClearable
      />
    </Labelled>
  );
}
