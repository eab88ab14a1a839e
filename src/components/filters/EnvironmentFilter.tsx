import { Combobox } from "@grafana/ui";
import { useId, useState } from "react";
import { useAsk, useParams } from "../environment";
import { t } from "../text";
import { Labelled } from "./Labelled";
import { seenEnvironments, withChosen } from "./options";
import { useFilters } from "./useFilters";

/** Which environment: one that the newest runs name, or any typed in. */
export function EnvironmentFilter() {
  const id = useId();
  const { agents, environment } = useFilters();
  const [, change] = useParams();
  const [isOpened, setOpened] = useState(false);
  const newest = useAsk("runs", (range) => ({ range, ...(agents.length === 0 ? {} : { filter: { agents } }) }), {
    once: true,
    skip: !isOpened,
  });
  const chosen = environment === undefined ? [] : [environment];
  return (
    <Labelled id={id} label={t("filters.environment", "Environment")} onFocus={() => setOpened(true)}>
      <Combobox
        id={id}
        width="auto"
        minWidth={18}
        maxWidth={32}
        placeholder={t("filters.allEnvironments", "Environment: all")}
        options={withChosen(seenEnvironments(newest.data?.runs ?? []), chosen)}
        value={environment ?? null}
        onChange={(option) => change({ env: option?.value })}
        createCustomValue
        isClearable
        loading={newest.busy}
      />
    </Labelled>
  );
}
