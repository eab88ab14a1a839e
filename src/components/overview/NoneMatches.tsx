import { Button } from "@grafana/ui";
import { useParams } from "../environment";
import { NO_FILTERS } from "../filters";
import { Empty } from "../states";
import { t } from "../text";

/** There are runs, but none that the filters let through. */
export function NoneMatches() {
  const [, change] = useParams();
  return (
    <Empty title={t("overview.noneMatches", "No run passes these filters in this time")} icon="filter">
      <Button size="sm" variant="secondary" onClick={() => change(NO_FILTERS)}>
        {t("overview.noFilters", "Take all filters away")}
      </Button>
    </Empty>
  );
}
