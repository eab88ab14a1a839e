import { Button } from "@grafana/ui";
import { useParams } from "../environment";
import { isFiltered, NO_FILTERS, useFilters } from "../filters";
import { Empty } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";

/** Nothing fired, or nothing that passes the filters: says which, and what to try. */
export function NoSignals({ differing }: { readonly differing: boolean }) {
  const filters = useFilters();
  const [, change] = useParams();
  if (differing) {
    return (
      <Empty title={t("signals.noneDiffers", "Recorded and computed verdicts agree")} icon="check-circle">
        <Button size="sm" variant="secondary" onClick={() => change({ differing: undefined })}>
          {t("signals.showAll", "Show all signals")}
        </Button>
      </Empty>
    );
  }
  if (isFiltered(filters)) {
    return (
      <Empty title={t("signals.nonePasses", "No signal passes these filters in this time")} icon="filter">
        <Button size="sm" variant="secondary" onClick={() => change(NO_FILTERS)}>
          {t("signals.noFilters", "Take all filters away")}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty title={t("signals.none", "No signal of MEDIUM or above in this time")} icon="check-circle">
      <p>
        {t("signals.noneWhy", "Either all runs were well, or none was judged.")}{" "}
        <ViewLink to={{ page: "runs" }}>{t("signals.seeRuns", "See the runs")}</ViewLink>
      </p>
      <Button size="sm" variant="secondary" onClick={() => change({ severity: "LOW", shadow: "true" })}>
        {t("signals.showLow", "Show LOW and shadow signals too")}
      </Button>
    </Empty>
  );
}
