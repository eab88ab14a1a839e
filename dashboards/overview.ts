import { agentsQuery, instant, overTime } from "./datasources";
import { dashboard } from "./frame";
import { TO_RUN, toApp, toSignals } from "./links";
import { factOf, finishedRunsOf, signalsOf, startedRunsOf } from "./logql";
import { hidden, laidOut, SEVERITY_COLOURS, stat, table, thresholds, timeSeries } from "./panels";
import { AGENT, DATASOURCE, LOKI_DATASOURCE, LOKI_HINT, VERSION } from "./variables";

const FILTER = { agents: ["$agent"], versions: ["$version"] };
const NONE = { noValue: "0", unit: "none", decimals: 0 };

/** How all agents are doing. */
export const overview = dashboard({
  uid: "dunetrace-agents",
  title: "Agents overview",
  description: `Signals, failures, cost and speed of AI agents, from the lines of their runs. ${LOKI_HINT}`,
  revision: 1,
  time: { from: "now-24h", to: "now" },
  variables: [DATASOURCE, LOKI_DATASOURCE, AGENT, VERSION],
  panels: laidOut([
    {
      height: 4,
      panels: [
        stat(
          "Signals from HIGH on",
          instant(signalsOf([], "$__range", { min_severity: "HIGH" })),
          { ...NONE, thresholds: thresholds(["green", null], ["orange", 1]) },
          { links: [toSignals("HIGH")] },
        ),
        stat(
          "Failed runs",
          instant(finishedRunsOf([], "$__range", true)),
          { ...NONE, thresholds: thresholds(["green", null], ["red", 1]) },
          { links: [toApp("Failed runs", "runs", { status: "errored" })] },
        ),
        stat("Finished runs", instant(finishedRunsOf([], "$__range")), NONE, {
          links: [toApp("Finished runs", "runs", { status: "completed,errored" })],
        }),
        stat(
          "Cost",
          instant(factOf("cost_usd", "sum", [], "$__range")),
          { unit: "currencyUSD", noValue: "unpriced" },
          {
            description: "Sum over the LLM calls with a price; calls without one are not in it.",
          },
        ),
        stat("p95 duration", instant(factOf("duration_ms", 0.95, [], "$__range")), { unit: "ms", noValue: "no data" }),
        stat("Tokens", instant(factOf("total_tokens", "sum", [], "$__range")), { unit: "short", noValue: "no data" }),
      ],
    },
    {
      height: 8,
      panels: [
        timeSeries(
          "Signals over time",
          [agentsQuery({ queryType: "signalRate", by: ["severity"], filter: FILTER })],
          { bars: true },
          { width: 16, overrides: SEVERITY_COLOURS },
        ),
        {
          type: "bargauge",
          title: "Signals by failure type",
          width: 8,
          targets: [instant(signalsOf(["failure_type"], "$__range"), "{{ftype}}")],
          options: {
            orientation: "horizontal",
            displayMode: "basic",
            showUnfilled: false,
            valueMode: "text",
            reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
          },
          defaults: { unit: "none", decimals: 0, min: 0, color: { mode: "fixed", fixedColor: "orange" } },
        },
      ],
    },
    {
      height: 8,
      panels: [
        table("Agents", agentsQuery({ queryType: "agents", filter: FILTER }), {
          overrides: [
            {
              matcher: { id: "byName", options: "failed" },
              properties: [
                { id: "custom.cellOptions", value: { type: "color-text" } },
                { id: "thresholds", value: thresholds(["text", null], ["red", 1]) },
              ],
            },
          ],
        }),
      ],
    },
    {
      height: 8,
      panels: [
        timeSeries(
          "Started runs",
          [overTime(startedRunsOf(["agent"], "$__auto"), "{{agent_id}}")],
          { bars: true },
          { width: 8 },
        ),
        timeSeries(
          "Cost",
          [overTime(factOf("cost_usd", "sum", ["agent"], "$__auto"), "{{agent_id}}")],
          { bars: true, unit: "currencyUSD" },
          { width: 8 },
        ),
        timeSeries(
          "p95 duration",
          [overTime(factOf("duration_ms", 0.95, ["agent"], "$__auto"), "{{agent_id}}")],
          { unit: "ms" },
          { width: 8 },
        ),
      ],
    },
    {
      height: 10,
      panels: [
        table("Newest runs", agentsQuery({ queryType: "runs", filter: FILTER, limit: 50, sort: "newest" }), {
          overrides: [TO_RUN, ...hidden("unpriced_llm_calls", "parent_run_id", "environment", "kind")],
        }),
      ],
    },
  ]),
});
