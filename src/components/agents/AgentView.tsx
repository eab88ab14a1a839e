import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useMemo } from "react";
import { useAsk, useEnvironment, useLink, useParams } from "../environment";
import { listParam } from "../filters";
import { Section, Toolbar } from "../frame";
import { AskView, Note } from "../states";
import { DataTable, orderText, parseOrder, sortRows } from "../table";
import { t } from "../text";
import { ViewLink } from "../values";
import { AgentFigures } from "./AgentFigures";
import { AgentTrouble } from "./AgentTrouble";
import { NoAgent } from "./NoAgent";
import { RecentRuns } from "./RecentRuns";
import { versionColumns } from "./versionColumns";
import { deployedVersions, endedOf } from "./versions";

/** One agent: what goes wrong with it over time, its versions side by side, its newest runs. */
export default function AgentView() {
  const styles = useStyles2(stylesOf);
  const { location } = useEnvironment();
  const [params, change] = useParams();
  const link = useLink();
  const agent_id = location.id ?? "";
  const filter = useMemo(() => ({ agents: [agent_id] }), [agent_id]);
  const agents = useAsk("agents", (range) => ({ range, filter }));
  const totals = useAsk("totals", (range) => ({ range, filter }));
  const quiet = useAsk("quiet", () => ({ filter }));
  const versions = useAsk("versions", (range) => ({ range, agent_id }));
  const markers = useAsk("markers", (range) => ({ range, agents: filter.agents }));
  const columns = versionColumns(agent_id);
  const order = parseOrder(params.order, columns);
  const again = (): void => {
    for (const asked of [agents, totals, quiet, versions, markers]) asked.again();
  };
  const marks = markers.data?.markers ?? [];
  const ended = totals.data && endedOf(totals.data);
  return (
    <>
      <Toolbar
        title={
          <>
            <ViewLink to={{ page: "agents" }} className={styles.up}>
              {t("agents.title", "Agents")}
            </ViewLink>{" "}
            / {agent_id}
          </>
        }
        onRefresh={again}
        busy={agents.busy}
      />
      <AskView what={t("agent.what", "The agent")} asked={agents}>
        {({ agents: [agent] }) =>
          agent === undefined ? (
            <NoAgent agent_id={agent_id} />
          ) : (
            <div className={styles.parts}>
              <AgentFigures
                agent={agent}
                totals={totals.data}
                quiet={quiet.data?.agents.some((other) => other.agent_id === agent_id) ?? false}
              />
              <Section title={t("agent.trouble.title", "What went wrong over time")}>
                <AgentTrouble {...{ agent_id, ended }} markers={marks} />
                {markers.data?.cut !== undefined && (
                  <Note title={t("agent.marksCut", "Only the newest deploys and fixes are marked")} />
                )}
              </Section>
              <Section bare title={t("agent.versions", "Versions side by side")}>
                <AskView what={t("agent.versionsWhat", "The versions")} asked={versions} rows={3}>
                  {(data) => (
                    <DataTable
                      label={t("agent.versions", "Versions side by side")}
                      rows={sortRows(deployedVersions(data.versions, marks), columns, order)}
                      columns={columns}
                      keyOf={({ agent_version }) => agent_version}
                      href={({ agent_version }) =>
                        link({
                          page: "runs",
                          params: { agent: listParam([agent_id]), version: listParam([agent_version]) },
                        })
                      }
                      order={order}
                      onOrder={(next) => change({ order: orderText(next) })}
                      maxHeight="20rem"
                    />
                  )}
                </AskView>
              </Section>
              <RecentRuns agent_id={agent_id} />
            </div>
          )
        }
      </AskView>
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  // A block of its own: its colour alone does not set it apart from the text beside it.
  up: css({ display: "inline-block" }),
  parts: css({ display: "flex", flexDirection: "column", gap: theme.spacing(2) }),
});
