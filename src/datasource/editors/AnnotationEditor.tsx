import type { AnnotationQuery, QueryEditorProps } from "@grafana/data";
import { Stack } from "@grafana/ui";
import { t } from "../../components/text";
import type { AgentsDataSource } from "../DataSource";
import { migrateQuery } from "../query/migrate";
import { type AgentsQuery, ANNOTATION_KINDS, type AnnotationKind } from "../query/types";
import type { StoredSettings } from "../settings";
import { Choice } from "./Choice";
import { FilterFields } from "./FilterFields";

type Props = QueryEditorProps<AgentsDataSource, AgentsQuery, StoredSettings> & {
  readonly annotation?: AnnotationQuery<AgentsQuery>;
};

/** What a dashboard marks on its panels. */
export function AnnotationEditor({ query: stored, datasource, onChange, onRunQuery }: Props) {
  const query = migrateQuery({ ...stored, queryType: "annotations" });
  const { annotation = "signals" } = query;
  const change = (changed: Partial<AgentsQuery>): void => {
    onChange(migrateQuery({ ...query, ...changed }));
    onRunQuery();
  };
  return (
    <Stack direction="column" gap={1}>
      <Choice
        label={t("datasource.field.annotation", "Mark")}
        options={ANNOTATION_KINDS.map((value) => ({ value, label: nameOf(value) }))}
        value={annotation}
        onChange={(kind) => change({ annotation: kind })}
      />
      <FilterFields
        datasource={datasource}
        filter={query.filter}
        verdicts={annotation === "signals"}
        onChange={(filter) => change({ filter })}
      />
    </Stack>
  );
}

function nameOf(kind: AnnotationKind): string {
  switch (kind) {
    case "signals":
      return t("datasource.annotation.signals", "Signals");
    case "deploys":
      return t("datasource.annotation.deploys", "Deployments");
    case "fixes":
      return t("datasource.annotation.fixes", "Fixes");
  }
}
