import type { QueryEditorProps } from "@grafana/data";
import { Stack } from "@grafana/ui";
import { t } from "../../components/text";
import type { AgentsDataSource } from "../DataSource";
import { isComplete } from "../query/defaults";
import { migrateQuery } from "../query/migrate";
import type { AgentsQuery } from "../query/types";
import type { StoredSettings } from "../settings";
import { Choice } from "./Choice";
import { FilterFields } from "./FilterFields";
import { typeOptions } from "./options";
import { TextField } from "./TextField";
import { TypeFields } from "./TypeFields";

type Props = QueryEditorProps<AgentsDataSource, AgentsQuery, StoredSettings>;

/** The editor of panels and Explore. Every change asks at once: nothing here is dear. */
export function QueryEditor({ query: stored, datasource, onChange, onRunQuery }: Props) {
  const query = migrateQuery(stored);
  const change = (changed: Partial<AgentsQuery>): void => {
    const next = migrateQuery({ ...query, ...changed });
    onChange(next);
    if (isComplete(next)) onRunQuery();
  };
  const { queryType } = query;
  const hasRows = queryType === "runs" || queryType === "signals" || queryType === "whatIf";
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" wrap="wrap" gap={1} alignItems="flex-start">
        <Choice
          label={t("datasource.field.type", "Query type")}
          options={typeOptions()}
          value={queryType}
          onChange={(type) => change({ queryType: type })}
        />
        <TypeFields query={query} change={change} />
        {hasRows && (
          <TextField
            label={t("datasource.field.limit", "Rows")}
            width={10}
            placeholder={String(datasource.settings.listCap)}
            value={query.limit === undefined ? undefined : String(query.limit)}
            problemOf={limitProblem}
            onCommit={(text) => change({ limit: text === undefined ? undefined : Number(text) })}
          />
        )}
      </Stack>
      <FilterFields
        datasource={datasource}
        filter={query.filter}
        verdicts={queryType !== "agents" && queryType !== "run"}
        onChange={(filter) => change({ filter })}
      />
    </Stack>
  );
}

function limitProblem(text: string): string | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? undefined : t("datasource.field.limit-problem", "A whole number from 1 to 9999");
}
