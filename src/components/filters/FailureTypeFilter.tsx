import { MultiCombobox } from "@grafana/ui";
import { useId } from "react";
import { DETECTORS } from "../../core/detectors";
import { useParams } from "../environment";
import { t } from "../text";
import { Labelled } from "./Labelled";
import { listParam } from "./listParam";
import { useFilters } from "./useFilters";

const OPTIONS = DETECTORS.map(({ type, label, summary }) => ({ value: type, label, description: summary }));

/** Which kinds of failure, by their names for people. */
export function FailureTypeFilter() {
  const id = useId();
  const { failure_types } = useFilters();
  const [, change] = useParams();
  return (
    <Labelled id={id} label={t("filters.failureType", "Failure type")}>
      <MultiCombobox
        id={id}
        width="auto"
        minWidth={15}
        maxWidth={40}
        placeholder={t("filters.allTypes", "Failure: all")}
        options={OPTIONS}
        value={[...failure_types]}
        onChange={(chosen) => change({ type: listParam(chosen.map(({ value }) => value)) })}
        isClearable
      />
    </Labelled>
  );
}
