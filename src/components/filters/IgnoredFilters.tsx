import { Button } from "@grafana/ui";
import { useParams } from "../environment";
import { Note } from "../states";
import { t } from "../text";
import { useFilters } from "./useFilters";

/** Says which filters of the address cannot be used. Nothing where all can. */
export function IgnoredFilters() {
  const { ignored } = useFilters();
  const [, change] = useParams();
  if (ignored.length === 0) return null;
  const names = [...new Set(ignored.map(({ param }) => param))];
  const values = ignored.slice(0, 3).map(({ param, value }) => `${param}=${value.slice(0, 40)}`);
  return (
    <Note
      title={t("filters.ignored", "Not all filters of the address can be used: {{values}}", {
        values: values.join(", "),
      })}
    >
      <Button
        size="sm"
        variant="secondary"
        onClick={() => change(Object.fromEntries(names.map((name) => [name, undefined])))}
      >
        {t("filters.dropIgnored", "Take them out of the address")}
      </Button>
    </Note>
  );
}
