import { useMemo } from "react";
import { barStep, useChartTime, wholeBars } from "../charts";
import { useAsk, useLink, useParams, useTimeRange } from "../environment";
import { AgentFilter, EnvironmentFilter, IgnoredFilters, useIdentityFilter } from "../filters";
import { Toolbar } from "../frame";
import { NoRuns } from "../runs/NoRuns";
import { AskView } from "../states";
import { DataTable, orderText, parseOrder, sortRows } from "../table";
import { t } from "../text";
import { agentColumns } from "./agentColumns";
import { linesByAgent } from "./health";

/** Room for one line of the table, px: decides how many points it has. */
const LINE_WIDTH = 400;
const WORST_FIRST = { column: "types", descending: true } as const;

/** The agents of a time side by side: who has trouble, which, and since when. */
export default function AgentsView() {
  const [params, change] = useParams();
  const link = useLink();
  const identity = useIdentityFilter();
  const { value } = useTimeRange();
  const { offsetMs } = useChartTime();
  const shown = { from: value.from.valueOf(), to: value.to.valueOf() };
  const stepMs = barStep(shown, LINE_WIDTH);
  const offset = offsetMs(shown.from);
  const agents = useAsk("agents", (range) => ({ range, filter: identity }));
  const rate = useAsk("signalRate", (range) => ({
    range: wholeBars(range, stepMs, offset),
    ...{ filter: identity, by: ["agent"], stepMs },
  }));
  const quiet = useAsk("quiet", () => ({ filter: identity }));
  const lines = useMemo(
    () =>
      rate.data === undefined || rate.span === undefined
        ? new Map<string, number[]>()
        : linesByAgent(rate.data.series, wholeBars(rate.span, stepMs, offset), stepMs),
    [rate.data, rate.span, stepMs, offset],
  );
  const columns = agentColumns({ lines, quiet: new Set(quiet.data?.agents.map(({ agent_id }) => agent_id)) });
  const order = parseOrder(params.order, columns) ?? WORST_FIRST;
  const again = (): void => {
    for (const asked of [agents, rate, quiet]) asked.again();
  };
  return (
    <>
      <Toolbar title={t("agents.title", "Agents")} onRefresh={again} busy={agents.busy}>
        <AgentFilter />
        <EnvironmentFilter />
      </Toolbar>
      <IgnoredFilters />
      <AskView what={t("agents.what", "The agents")} asked={agents}>
        {({ agents: rows }) =>
          rows.length === 0 ? (
            <NoRuns />
          ) : (
            <DataTable
              label={t("agents.title", "Agents")}
              rows={sortRows(rows, columns, order)}
              columns={columns}
              keyOf={({ agent_id }) => agent_id}
              href={({ agent_id }) => link({ page: "agent", id: agent_id })}
              order={order}
              onOrder={(next) => change({ order: orderText(next) })}
            />
          )
        }
      </AskView>
    </>
  );
}
