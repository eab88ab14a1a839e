import { counted } from "../../core/detectors/words";
import { dollars } from "../../core/words";
import type { CheckResult, Finding } from "../judging/findings";
import { sanitise, shortId } from "./sanitise";
import { severityText } from "./severity";
import type { Style } from "./style";
import { type Column, table } from "./table";
import { truncate, wrap } from "./width";

interface Layout {
  readonly style: Style;
  readonly columns: number;
}

/** The findings, worst first, and one line that says what was checked. */
export function checkReport(result: CheckResult, layout: Layout): string[] {
  const lines = result.findings.length === 0 ? [] : [...findingsTable(result.findings, layout), ""];
  return [...lines, ...wrap(verdict(result), layout.columns)];
}

function findingsTable(findings: readonly Finding[], { style, columns }: Layout): string[] {
  const layout: Column<Finding>[] = [
    {
      title: "FINDING",
      value: (finding) => (finding.kind === "signal" ? severityText(finding) : "$ COST"),
      paint: (text, finding) =>
        finding.kind === "signal" ? style.severity[finding.severity](text) : style.failure(text),
    },
    {
      title: "TYPE",
      value: (finding) => (finding.kind === "signal" ? finding.failure_type : dollars(finding.cost_usd)),
    },
    {
      title: "CONF",
      value: (finding) => (finding.kind === "signal" ? finding.confidence.toFixed(2) : ""),
      align: "right",
    },
    { title: "RUN", value: (finding) => shortId(finding.run_id) },
    { title: "AGENT", value: (finding) => sanitise(finding.agent_id), shrinksTo: 12, isName: true },
  ];
  const title = (finding: Finding): string =>
    finding.kind === "signal"
      ? sanitise(finding.title)
      : `The run cost ${dollars(finding.cost_usd)}, more than ${dollars(finding.max_cost_usd)}`;
  return table(layout, findings, {
    columns,
    below: (finding) => [`  ${truncate(title(finding), columns - 2)}`],
    paintTitle: style.dim,
  });
}

function verdict(result: CheckResult): string {
  const looked = [`${result.fail_on} signals or worse`];
  if (result.max_cost_usd !== null) looked.push(`costs above ${dollars(result.max_cost_usd)}`);
  const checked = `${counted(result.runs, "run")} checked for ${looked.join(" and ")}`;
  const { length } = result.findings;
  const found =
    length === 0
      ? `${checked}: nothing found.`
      : `${checked}: ${counted(length, "finding")} in ${counted(result.runs_with_findings, "run")}.`;
  const partly = result.runs_without_full_cost;
  if (result.max_cost_usd === null || partly === 0) return found;
  return `${found} ${counted(partly, "run")} ${partly === 1 ? "has" : "have"} unpriced calls, whose cost is not wholly known.`;
}
