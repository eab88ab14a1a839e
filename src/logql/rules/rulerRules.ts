import type { YamlValue } from "../../core/yaml";
import { durationText, quoted } from "../builders";
import type { AlertRule, RuleOptions } from "./alertRule";
import { GROUPS } from "./groups";
import { pageLink } from "./links";
import { SOURCE_LABEL } from "./routing";

/** A rule file of Loki's ruler, in Prometheus' format. */
export function rulerRules(rules: readonly AlertRule[], options: RuleOptions): YamlValue {
  return {
    groups: GROUPS.map(({ name, group, intervalMs }) => ({
      name,
      interval: durationText(intervalMs),
      rules: rules
        .filter((rule) => rule.group === group)
        .map((rule) => ({
          alert: rule.title,
          expr: rule.expr,
          labels: { ...rule.labels, [SOURCE_LABEL.name]: SOURCE_LABEL.value },
          annotations: annotations(rule, options),
        })),
    })),
  };
}

function annotations({ text }: AlertRule, { grafanaUrl }: RuleOptions): Record<string, string> {
  const told = (label: string, otherwise: string): string => {
    if (text.told === undefined) return otherwise;
    const query = `printf ${quoted(text.told.format)} $labels.agent_id $labels.run_id $labels.failure_type $labels.severity | query`;
    const found = `. | first | label ${quoted(label)} | printf ${quoted("%.300s")}`;
    return `{{ with ${query} }}{{ ${found} }}{{ else }}${otherwise}{{ end }}`;
  };
  return {
    summary: text.summary,
    title: told("title", text.title),
    evidence: told("evidence", text.evidence),
    link: pageLink(text.page, grafanaUrl),
  };
}
