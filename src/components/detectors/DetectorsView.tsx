import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, ClipboardButton, useStyles2 } from "@grafana/ui";
import { useState } from "react";
import { detectorsYml } from "../../core/detectorsYml";
import { useAsk } from "../environment";
import { AgentFilter, EnvironmentFilter, useFilters, useIdentityFilter, VersionFilter } from "../filters";
import { Toolbar } from "../frame";
import { AskView, Empty } from "../states";
import { t } from "../text";
import { AlertRulesDrawer } from "./AlertRulesDrawer";
import { realChanges } from "./changes";
import { DetectorDetail } from "./DetectorDetail";
import { DetectorList, LIST_HEIGHT, stepOf } from "./DetectorList";
import { useSelection } from "./useSelection";

/** What each detector finds, and what it would find with other thresholds. */
export default function DetectorsView() {
  const styles = useStyles2(stylesOf);
  const filter = useIdentityFilter();
  const { agents } = useFilters();
  const selection = useSelection();
  const [showsRules, setShowsRules] = useState(false);
  const asked = useAsk("detectors", (range) => ({ range, filter, stepMs: stepOf(range) }), { once: true });
  const { data } = asked;
  // One agent alone gets a section of its own.
  const agent = agents.length === 1 ? agents[0] : undefined;
  const yml = (): string =>
    detectorsYml(
      data === undefined || selection === undefined ? {} : realChanges(selection.changes, data.settings),
      agent,
    );
  return (
    <>
      <Toolbar title={t("detectors.title", "Detectors")} onRefresh={asked.again} busy={asked.busy}>
        <AgentFilter />
        <VersionFilter />
        <EnvironmentFilter />
        <ClipboardButton getText={yml} icon="copy" variant="secondary" disabled={data === undefined}>
          {t("detectors.copyYml", "Copy detectors.yml")}
        </ClipboardButton>
        <Button variant="secondary" icon="bell" onClick={() => setShowsRules(true)}>
          {t("detectors.exportRules", "Export alert rules")}
        </Button>
      </Toolbar>
      <AskView what={t("detectors.title", "Detectors")} asked={asked} rows={12}>
        {(answer) =>
          answer.judged === 0 ? (
            <NoRuns isFiltered={Object.keys(filter).length > 0} />
          ) : (
            selection !== undefined && (
              <div className={styles.columns}>
                <DetectorList
                  data={answer}
                  span={asked.span ?? NO_TIME}
                  selected={selection.detector}
                  hrefOf={selection.hrefOf}
                />
                <DetectorDetail key={selection.detector.type} selection={selection} data={answer} />
              </div>
            )
          )
        }
      </AskView>
      {showsRules && <AlertRulesDrawer onClose={() => setShowsRules(false)} />}
    </>
  );
}

const NO_TIME = { from: 0, to: 0 };

function NoRuns({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Empty title={t("detectors.empty", "No finished run to judge in this time")}>
      {isFiltered
        ? t("detectors.emptyFiltered", "Choose a longer time range, or filter less.")
        : t(
            "detectors.emptyAll",
            "Detectors judge runs at their end. Choose a longer time range, or wait for the first run to end.",
          )}
    </Empty>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  columns: css({
    display: "grid",
    gap: theme.spacing(2),
    alignItems: "start",
    gridTemplateColumns: "minmax(0, 6fr) minmax(0, 5fr)",
    // Below the list, the chosen detector stays in sight.
    [theme.breakpoints.down("lg")]: { gridTemplateColumns: "minmax(0, 1fr)", [LIST_HEIGHT]: "40vh" },
  }),
});
