import type { YamlValue } from "../../core/yaml";
import { durationText, quoted } from "../builders";
import type { AlertRule, RuleOptions } from "./alertRule";
import { GROUPS } from "./groups";
import { pageLink } from "./links";
import { SOURCE_LABEL } from "./routing";

const FOLDER = "Dunetrace";
const ORG = 1;
/** The datasource of expressions, which is Grafana itself. */
const EXPRESSION = "__expr__";

/** Seconds before the evaluation; Grafana wants one, although the windows are in the expressions. */
const TIME_RANGE = { from: 600, to: 0 };

/** Query of the alert, query of its texts, condition. */
const [ALERT, TEXTS, CONDITION] = ["A", "T", "C"] as const;

/** File provisioning of Grafana's alert rules. */
export function grafanaRules(rules: readonly AlertRule[], options: RuleOptions): YamlValue {
  return {
    apiVersion: 1,
    groups: GROUPS.map(({ name, group, intervalMs }) => ({
      orgId: ORG,
      name,
      folder: FOLDER,
      interval: durationText(intervalMs),
      rules: rules.filter((rule) => rule.group === group).map((rule) => grafanaRule(rule, options)),
    })),
  };
}

function grafanaRule(rule: AlertRule, options: RuleOptions): YamlValue {
  const { told } = rule.text;
  return {
    uid: rule.id,
    title: rule.title,
    condition: CONDITION,
    data: [
      lokiQuery(ALERT, rule.expr, options.datasource),
      ...(told === undefined ? [] : [lokiQuery(TEXTS, told.query, options.datasource)]),
      {
        refId: CONDITION,
        datasourceUid: EXPRESSION,
        relativeTimeRange: TIME_RANGE,
        model: {
          refId: CONDITION,
          type: "threshold",
          datasource: { type: EXPRESSION, uid: EXPRESSION },
          expression: ALERT,
          conditions: [{ evaluator: { type: "gt", params: [0] } }],
        },
      },
    ],
    noDataState: "OK",
    execErrState: "Error",
    for: "0s",
    annotations: annotations(rule, options),
    labels: { ...rule.labels, [SOURCE_LABEL.name]: SOURCE_LABEL.value },
    isPaused: false,
  };
}

function lokiQuery(refId: string, expr: string, datasource: string): YamlValue {
  return {
    refId,
    datasourceUid: datasource,
    relativeTimeRange: TIME_RANGE,
    model: {
      refId,
      datasource: { type: "loki", uid: datasource },
      editorMode: "code",
      expr,
      queryType: "instant",
    },
  };
}

/**
 * Grafana hands the labels of every query to the templates whose labels include those of the instance, so that title and
 * evidence need not identify it.
 */
function annotations({ text }: AlertRule, { grafanaUrl }: RuleOptions): Record<string, string> {
  const told = (label: string, otherwise: string): string => {
    if (text.told === undefined) return otherwise.replaceAll("$value", `$values.${ALERT}.Value`);
    const found = `$values.${TEXTS}.Labels.${label}`;
    return `{{ if ${found} }}{{ printf ${quoted("%.300s")} ${found} }}{{ else }}${otherwise}{{ end }}`;
  };
  return {
    summary: text.summary,
    title: told("title", text.title),
    evidence: told("evidence", text.evidence),
    link: pageLink(text.page, grafanaUrl),
  };
}
