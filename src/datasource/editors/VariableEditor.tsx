import type { QueryEditorProps } from "@grafana/data";
import { Stack } from "@grafana/ui";
import { t } from "../../components/text";
import type { AgentsDataSource } from "../DataSource";
import { migrateVariableQuery } from "../query/migrate";
import { type AgentsQuery, type AgentsVariableQuery, VARIABLE_KINDS, type VariableKind } from "../query/types";
import type { StoredSettings } from "../settings";
import { Choice } from "./Choice";
import { FilterFields } from "./FilterFields";

type Props = QueryEditorProps<AgentsDataSource, AgentsQuery, StoredSettings, AgentsVariableQuery>;

/** What the values of a template variable are. */
export function VariableEditor({ query: stored, datasource, onChange }: Props) {
  const query = migrateVariableQuery(stored);
  const change = (changed: Partial<AgentsVariableQuery>): void =>
    onChange(migrateVariableQuery({ ...query, ...changed }));
  return (
    <Stack direction="column" gap={1}>
      <Choice
        label={t("datasource.field.values", "Values")}
        options={VARIABLE_KINDS.map((value) => ({ value, label: nameOf(value) }))}
        value={query.kind}
        onChange={(kind) => change({ kind })}
      />
      <FilterFields
        datasource={datasource}
        filter={query.filter}
        verdicts={query.kind === "runs" || query.kind === "failureTypes"}
        onChange={(filter) => change({ filter })}
      />
    </Stack>
  );
}

function nameOf(kind: VariableKind): string {
  switch (kind) {
    case "agents":
      return t("datasource.variable.agents", "Agents");
    case "versions":
      return t("datasource.variable.versions", "Versions");
    case "runs":
      return t("datasource.variable.runs", "Runs");
    case "failureTypes":
      return t("datasource.variable.failure-types", "Failure types");
  }
}
