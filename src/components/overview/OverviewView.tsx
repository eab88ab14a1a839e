import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useAsk } from "../environment";
import {
  AgentFilter,
  EnvironmentFilter,
  IgnoredFilters,
  useIdentityFilter,
  useRunFilter,
  VersionFilter,
} from "../filters";
import { Toolbar } from "../frame";
import { Failed, Loading } from "../states";
import { t } from "../text";
import { Board } from "./Board";
import { Freshness } from "./Freshness";
import { NoRuns } from "./NoRuns";

/** Did an agent misbehave, or did none? The numbers of the time, and what needs a look first. */
export default function OverviewView() {
  const styles = useStyles2(stylesOf);
  const filter = useRunFilter();
  const identity = useIdentityFilter();
  const fresh = useAsk("freshness", (range) => ({ range }));
  return (
    <div className={styles.page}>
      <Toolbar title={t("overview.title", "Overview")} onRefresh={fresh.again} busy={fresh.busy}>
        <AgentFilter />
        <VersionFilter />
        <EnvironmentFilter />
        <Freshness newest={fresh.data?.newest} />
      </Toolbar>
      <IgnoredFilters />
      {fresh.error !== undefined && (
        <Failed
          what={t("overview.what", "The overview")}
          error={fresh.error}
          again={fresh.again}
          stale={fresh.data !== undefined}
        />
      )}
      {fresh.data === undefined ? (
        fresh.error === undefined && <Loading />
      ) : fresh.data.newest === undefined ? (
        <NoRuns />
      ) : (
        <Board
          filter={filter}
          identity={identity}
          newestRun={fresh.data.newest_run}
          isFailing={fresh.error !== undefined}
        />
      )}
    </div>
  );
}

const stylesOf = (_theme: GrafanaTheme2) => ({ page: css({ minWidth: 0 }) });
