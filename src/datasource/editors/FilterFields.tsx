import { Combobox, Field, Stack, Switch } from "@grafana/ui";
import { useId } from "react";
import { t } from "../../components/text";
import type { AgentsDataSource } from "../DataSource";
import type { QueryFilter } from "../query/types";
import { Choices } from "./Choice";
import { failureTypeOptions, severityOptions } from "./options";
import { TextField } from "./TextField";
import { useSuggestions } from "./useSuggestions";

export interface FilterFieldsProps {
  readonly datasource: AgentsDataSource;
  readonly filter: QueryFilter | undefined;
  readonly onChange: (filter: QueryFilter | undefined) => void;
  /** Whether verdicts are filtered too. */
  readonly verdicts: boolean;
}

/** What a query is limited to. */
export function FilterFields({ datasource, filter = {}, onChange, verdicts }: FilterFieldsProps) {
  const agents = useSuggestions(datasource, "agents");
  const versions = useSuggestions(datasource, "versions", filter);
  const change = (changed: Partial<QueryFilter>): void => {
    const kept = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== undefined && value !== "");
    onChange(kept.length === 0 ? undefined : Object.fromEntries(kept));
  };
  return (
    <Stack direction="row" wrap="wrap" gap={1} alignItems="flex-start">
      <Choices
        label={t("datasource.filter.agents", "Agents")}
        placeholder={t("datasource.filter.all", "All")}
        options={agents}
        value={filter.agents}
        onChange={(value) => change({ agents: value })}
      />
      <Choices
        label={t("datasource.filter.versions", "Versions")}
        placeholder={t("datasource.filter.all", "All")}
        options={versions}
        value={filter.versions}
        onChange={(value) => change({ versions: value })}
      />
      {verdicts && <VerdictFields filter={filter} change={change} />}
      <TextField
        label={t("datasource.filter.session", "Session")}
        value={filter.session}
        onCommit={(session) => change({ session })}
      />
      <TextField
        label={t("datasource.filter.environment", "Environment")}
        value={filter.environment}
        width={16}
        onCommit={(environment) => change({ environment })}
      />
      <TextField
        label={t("datasource.filter.text", "Text in a line")}
        value={filter.text}
        onCommit={(text) => change({ text })}
      />
    </Stack>
  );
}

interface VerdictFieldsProps {
  readonly filter: QueryFilter;
  readonly change: (changed: Partial<QueryFilter>) => void;
}

function VerdictFields({ filter, change }: VerdictFieldsProps) {
  const id = useId();
  return (
    <>
      <Choices
        label={t("datasource.filter.failure-types", "Failure types")}
        placeholder={t("datasource.filter.all", "All")}
        options={failureTypeOptions()}
        value={filter.failureTypes}
        onChange={(failureTypes) => change({ failureTypes })}
      />
      <Field noMargin label={t("datasource.filter.severity", "Severity")} htmlFor={`${id}-severity`}>
        <Combobox
          id={`${id}-severity`}
          width="auto"
          minWidth={18}
          options={severityOptions()}
          value={filter.minSeverity ?? ""}
          onChange={({ value }) => change({ minSeverity: value })}
          createCustomValue
        />
      </Field>
      <Field noMargin label={t("datasource.filter.shadow", "Shadow signals")} htmlFor={`${id}-shadow`}>
        <Switch
          id={`${id}-shadow`}
          value={filter.shadow ?? false}
          onChange={(event) => change({ shadow: event.currentTarget.checked ? true : undefined })}
        />
      </Field>
    </>
  );
}
