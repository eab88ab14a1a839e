import { agentsQuery, instant } from "./datasources";
import { dashboard } from "./frame";
import { TO_RUN } from "./links";
import { signalsOf } from "./logql";
import { hidden, laidOut, SEVERITY_COLOURS, stat, table, thresholds, timeSeries } from "./panels";
import { AGENT, DATASOURCE, FAILURE_TYPE, LOKI_DATASOURCE, LOKI_HINT, SEVERITY, VERSION } from "./variables";

const FILTER = {
  agents: ["$agent"],
  versions: ["$version"],
  failureTypes: ["$type"],
  minSeverity: "$severity",
};
const count = { noValue: "0", unit: "none", decimals: 0 };

/** Everything that fired. */
export const signals = dashboard({
  uid: "dunetrace-signals",
  title: "Agent signals",
  description: `What the detectors found: how much, where, why it matters and what to do. ${LOKI_HINT}`,
  revision: 1,
  time: { from: "now-24h", to: "now" },
  variables: [DATASOURCE, LOKI_DATASOURCE, AGENT, VERSION, FAILURE_TYPE, SEVERITY],
  panels: laidOut([
    {
      height: 8,
      panels: [
        timeSeries(
          "By severity",
          [agentsQuery({ queryType: "signalRate", by: ["severity"], filter: FILTER })],
          { bars: true },
          { width: 10, overrides: SEVERITY_COLOURS },
        ),
        timeSeries(
          "By failure type",
          [agentsQuery({ queryType: "signalRate", by: ["failure_type"], filter: FILTER })],
          { bars: true },
          { width: 10 },
        ),
        stat(
          "CRITICAL",
          instant(signalsOf([], "$__range", { min_severity: "CRITICAL" })),
          { ...count, thresholds: thresholds(["green", null], ["red", 1]) },
          { description: "All failure types, whatever is chosen above." },
        ),
      ],
    },
    {
      height: 16,
      panels: [
        {
          type: "dunetrace-signals-panel",
          title: "Signals",
          width: 24,
          targets: [agentsQuery({ queryType: "signals", filter: FILTER, limit: 100 })],
          options: { version: 1, shadow: "apart" },
        },
      ],
    },
    {
      height: 8,
      panels: [
        {
          type: "barchart",
          title: "Agents with most signals",
          width: 12,
          targets: [instant(`topk(15, ${signalsOf(["agent"], "$__range")})`, "{{agent_id}}")],
          transformations: [
            { id: "reduce", options: { reducers: ["lastNotNull"], labelsToFields: false } },
            { id: "sortBy", options: { sort: [{ field: "Last *", desc: true }] } },
          ],
          options: { orientation: "horizontal", xField: "Field", showValue: "always", legend: { showLegend: false } },
          defaults: { unit: "none", decimals: 0, min: 0, color: { mode: "fixed", fixedColor: "orange" } },
        },
        {
          type: "barchart",
          title: "What if: threshold of Tool loop",
          description:
            "Runs that would have fired with other thresholds. The app's Detectors page has this for each detector.",
          width: 12,
          targets: [
            agentsQuery({
              queryType: "whatIf",
              failureType: "TOOL_LOOP",
              thresholds: { threshold: "2, 3, 4, 5, 6, 7, 8" },
              format: "summary",
              filter: { agents: ["$agent"], versions: ["$version"] },
            }),
          ],
          transformations: [{ id: "filterFieldsByName", options: { include: { names: ["candidate", "fired"] } } }],
          options: { orientation: "vertical", xField: "candidate", showValue: "always", legend: { showLegend: false } },
          defaults: { unit: "none", decimals: 0, min: 0, color: { mode: "palette-classic" } },
        },
      ],
    },
    {
      height: 10,
      panels: [
        table(
          "Recorded and computed",
          agentsQuery({ queryType: "signals", filter: { ...FILTER, shadow: true }, mode: "auto", limit: 100 }),
          {
            description:
              "Every verdict with where it comes from; rows where recorded and computed differ say what the other is.",
            overrides: [TO_RUN, ...hidden("fixes", "what", "why", "session_id", "base_severity")],
          },
        ),
      ],
    },
  ]),
});
