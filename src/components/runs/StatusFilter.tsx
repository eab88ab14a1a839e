import { MultiCombobox } from "@grafana/ui";
import { useId } from "react";
import { useParams } from "../environment";
import { Labelled, listParam } from "../filters";
import { t } from "../text";
import { statusText } from "./StatusMark";
import { parseStatuses, STATUSES } from "./status";

/** Which states of runs. */
export function StatusFilter() {
  const id = useId();
  const [params, change] = useParams();
  return (
    <Labelled id={id} label={t("runs.filter.status", "Status")}>
      <MultiCombobox
        id={id}
        width="auto"
        minWidth={16}
        maxWidth={32}
        placeholder={t("runs.filter.allStatuses", "Status: all")}
        options={STATUSES.map((value) => ({ value, label: statusText(value) }))}
        value={[...(parseStatuses(params.status) ?? [])]}
        onChange={(chosen) => change({ status: listParam(chosen.map(({ value }) => value)) })}
        isClearable
      />
    </Labelled>
  );
}
