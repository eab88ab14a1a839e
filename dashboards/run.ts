import { agentsQuery } from "./datasources";
import { dashboard } from "./frame";
import { laidOut, table } from "./panels";
import { AGENT, DATASOURCE, RUN } from "./variables";

const run = { queryType: "run", runId: "$run" } as const;

/** What happened in one run. */
export const runDetail = dashboard({
  uid: "dunetrace-run",
  title: "Agent run",
  description: "One run: its signals, its timeline, its steps and its lines.",
  revision: 1,
  time: { from: "now-24h", to: "now" },
  variables: [DATASOURCE, { ...AGENT, description: "Whose runs are listed" }, RUN],
  panels: laidOut([
    {
      height: 8,
      panels: [
        {
          type: "dunetrace-signals-panel",
          title: "What happened",
          width: 24,
          targets: [agentsQuery({ queryType: "signals", filter: { text: "$run" } })],
          options: { version: 1, shadow: "apart" },
        },
      ],
    },
    {
      height: 14,
      panels: [
        {
          type: "dunetrace-timeline-panel",
          title: "Timeline",
          width: 24,
          targets: [agentsQuery({ ...run, format: "logs" })],
        },
      ],
    },
    {
      height: 12,
      panels: [{ type: "traces", title: "Trace", width: 24, targets: [agentsQuery({ ...run, format: "trace" })] }],
    },
    { height: 10, panels: [table("Steps", agentsQuery({ ...run, format: "table" }))] },
    {
      height: 12,
      panels: [
        {
          type: "logs",
          title: "Lines",
          width: 24,
          targets: [agentsQuery({ ...run, format: "logs" })],
          options: {
            showTime: true,
            wrapLogMessage: true,
            prettifyLogMessage: false,
            enableLogDetails: true,
            sortOrder: "Ascending",
            dedupStrategy: "none",
          },
        },
      ],
    },
  ]),
});
