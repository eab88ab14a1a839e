import { MultiCombobox } from "@grafana/ui";
import { useId, useState } from "react";
import { useAsk, useParams } from "../environment";
import { t } from "../text";
import { Labelled } from "./Labelled";
import { listParam } from "./listParam";
import { seenVersions, versionOptions, withChosen } from "./options";
import { useFilters } from "./useFilters";

/** Which versions: those of the one chosen agent, else those of the newest runs, or any typed in. */
export function VersionFilter() {
  const id = useId();
  const { agents, versions } = useFilters();
  const [, change] = useParams();
  const [isOpened, setOpened] = useState(false);
  const [agent_id = ""] = agents;
  const isOne = agents.length === 1;
  const own = useAsk("versions", (range) => ({ range, agent_id }), { once: true, skip: !isOpened || !isOne });
  const newest = useAsk("runs", (range) => ({ range, ...(agents.length === 0 ? {} : { filter: { agents } }) }), {
    once: true,
    skip: !isOpened || isOne,
  });
  const options = isOne ? versionOptions(own.data?.versions ?? []) : seenVersions(newest.data?.runs ?? []);
  return (
    <Labelled id={id} label={t("filters.version", "Version")} onFocus={() => setOpened(true)}>
      <MultiCombobox
        id={id}
        width="auto"
        minWidth={17}
        maxWidth={32}
        placeholder={t("filters.allVersions", "Version: all")}
        options={withChosen(options, versions)}
        value={[...versions]}
        onChange={(chosen) => change({ version: listParam(chosen.map(({ value }) => value)) })}
        createCustomValue
        isClearable
        loading={own.busy || newest.busy}
      />
    </Labelled>
  );
}
