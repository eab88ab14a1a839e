import { useMemo } from "react";
import { useAsk, useEnvironment, useLink } from "../environment";
import { listParam } from "../filters";
import { Section } from "../frame";
import { runTarget } from "../run/links";
import { keyOf } from "../runs/paging";
import { durationOf } from "../runs/rowFacts";
import { runColumns } from "../runs/runColumns";
import { AskView, Empty } from "../states";
import { DataTable } from "../table";
import { t } from "../text";
import { ViewLink } from "../values";

const SHOWN = 20;

/** The newest runs of an agent in which something was found. */
export function RecentRuns({ agent_id }: { readonly agent_id: string }) {
  const { now: clock, settings } = useEnvironment();
  const link = useLink();
  const filter = useMemo(() => ({ agents: [agent_id], min_severity: "MEDIUM" as const }), [agent_id]);
  const runs = useAsk("runs", (range) => ({ range, filter, limit: SHOWN }));
  const now = clock();
  const agent = listParam([agent_id]);
  return (
    <Section
      bare
      title={t("agent.recent", "Newest runs with signals")}
      extra={<ViewLink to={{ page: "runs", params: { agent } }}>{t("agent.allRuns", "All runs")}</ViewLink>}
    >
      <AskView what={t("agent.recentWhat", "The runs")} asked={runs} rows={4}>
        {({ runs: rows }) =>
          rows.length === 0 ? (
            <Empty icon="check-circle" title={t("agent.noneFound", "No run with a signal in this time range")} />
          ) : (
            <DataTable
              label={t("agent.recent", "Newest runs with signals")}
              rows={rows}
              columns={runColumns({
                now,
                freshMs: settings.freshMs,
                slowest: rows.reduce((most, { run }) => Math.max(most, durationOf(run, now) ?? 0), 0),
                oneAgent: true,
              })}
              keyOf={keyOf}
              href={({ run }) => link(runTarget(run, { agent: agent_id }))}
              look={({ run }) => ({ failure: run.status === "errored" })}
              maxHeight="30rem"
            />
          )
        }
      </AskView>
    </Section>
  );
}
