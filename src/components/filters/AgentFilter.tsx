import { MultiCombobox } from "@grafana/ui";
import { useId } from "react";
import { useAsk, useParams } from "../environment";
import { t } from "../text";
import { Labelled } from "./Labelled";
import { listParam } from "./listParam";
import { agentOptions, withChosen } from "./options";
import { useFilters } from "./useFilters";

/** Which agents: those of the time range with their runs, or any name typed in. */
export function AgentFilter() {
  const id = useId();
  const { agents } = useFilters();
  const [, change] = useParams();
  const asked = useAsk("agents", (range) => ({ range }), { once: true });
  return (
    <Labelled id={id} label={t("filters.agent", "Agent")} onFocus={asked.again}>
      <MultiCombobox
        id={id}
        width="auto"
        minWidth={15}
        maxWidth={40}
        placeholder={t("filters.allAgents", "Agent: all")}
        options={withChosen(agentOptions(asked.data?.agents ?? []), agents)}
        value={[...agents]}
        onChange={(chosen) => change({ agent: listParam(chosen.map(({ value }) => value)) })}
        createCustomValue
        isClearable
      />
    </Labelled>
  );
}
