import { css } from "@emotion/css";
import { dateTimeFormat, type GrafanaTheme2 } from "@grafana/data";
import { Button, RadioButtonGroup, useStyles2 } from "@grafana/ui";
import { useEnvironment } from "../environment";
import { t } from "../text";
import type { HiddenRuns } from "./useHidden";

type Sort = "newest" | "slowest";

export interface RunsActionsProps {
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly hidden: HiddenRuns;
}

/** In which order the list is, and what of it is hidden. */
export function RunsActions({ sort, onSort, hidden }: RunsActionsProps) {
  const styles = useStyles2(stylesOf);
  const { timeZone } = useEnvironment();
  return (
    <div className={styles.bar}>
      <RadioButtonGroup<Sort>
        size="sm"
        aria-label={t("runs.sort", "Sort")}
        options={[
          { value: "newest", label: t("runs.newest", "Newest") },
          { value: "slowest", label: t("runs.slowest", "Slowest") },
        ]}
        value={sort}
        onChange={onSort}
      />
      {hidden.before === undefined ? (
        <Button size="sm" fill="text" variant="secondary" icon="eye-slash" onClick={hidden.hideNow}>
          {t("runs.hide", "Hide before now")}
        </Button>
      ) : (
        <Button size="sm" fill="text" variant="secondary" icon="eye" onClick={hidden.showAll}>
          {t("runs.unhide", "Show runs before {{time}} too", {
            time: dateTimeFormat(hidden.before, { timeZone, format: "MMM D, HH:mm" }),
          })}
        </Button>
      )}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  bar: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1), marginLeft: "auto" }),
});
