import { DataSourcePicker, locationService } from "@grafana/runtime";
import { Field } from "@grafana/ui";
import { t } from "../components/text";
import { DATASOURCE_ID } from "./ids";
import { remember } from "./remembered";

/** Chooses among several data sources of ours; the choice is in the address, and remembered for the next visit. */
export function SourcePicker({ uid }: { readonly uid: string }) {
  return (
    <Field label={t("app.source", "Data source")} horizontal noMargin>
      <DataSourcePicker
        inputId="dunetrace-source"
        pluginId={DATASOURCE_ID}
        current={uid}
        noDefault
        onChange={({ uid: chosen }) => {
          remember(chosen);
          locationService.partial({ ds: chosen });
        }}
      />
    </Field>
  );
}
