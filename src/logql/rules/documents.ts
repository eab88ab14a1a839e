import type { DetectorConfig } from "../../core/detectors";
import { type YamlValue, yamlText } from "../../core/yaml";
import { QUIET_AFTER_MS, STALLED_AFTER_MS } from "../alerts";
import type { Scope } from "../builders";
import { agentRules } from "./agentRules";
import type { AlertRule, RuleOptions } from "./alertRule";
import { grafanaRules } from "./grafanaRules";
import { alertmanagerConfig, contactPoints, policies } from "./notifications";
import { rulerRules } from "./rulerRules";
import { rawRules, signalRules } from "./signalRules";

export type RulesFormat = "grafana" | "ruler" | "all";

/** A file to write, its path below the folder asked for. */
export interface RulesFile {
  readonly path: string;
  readonly text: string;
}

/** What rules are made for where nobody says otherwise. */
export const DEFAULT_RULE_OPTIONS: RuleOptions = {
  least: "HIGH",
  grafanaUrl: undefined,
  datasource: "loki",
  quietAfterMs: QUIET_AFTER_MS,
  stalledAfterMs: STALLED_AFTER_MS,
};

const MADE = "# Written by `dunetrace rules`: change detectors.yml or its options and run it again.";
const ENVIRONMENT =
  "# ALERT_WEBHOOK_URL and SLACK_WEBHOOK_URL must be set to an address each: Grafana does not start with an empty one.";
const WHOLE_TREE =
  "# Replaces all notification policies of the organisation: merge its routes into your own if you have some.";
const TENANT = "# Rule file of a Loki without tenants: with tenants, put it into the folder of each, instead of fake/.";
const ADDRESSES = "# The receivers' addresses are in the files named here.";

/** All alert rules of a detectors.yml. */
export function alertRules(config: DetectorConfig, scope: Scope, options: RuleOptions): AlertRule[] {
  return [...signalRules(config, scope, options), ...rawRules(config, scope, options), ...agentRules(scope, options)];
}

/**
 * The files of one format, or of both.
 *
 * @example rulesFiles(new DetectorConfig(), {}, { ...DEFAULT_RULE_OPTIONS, least: "MEDIUM" }, "grafana");
 */
export function rulesFiles(
  config: DetectorConfig,
  scope: Scope,
  options: RuleOptions,
  format: RulesFormat,
): RulesFile[] {
  const rules = alertRules(config, scope, options);
  const grafana = [
    file("alerting/rules.yaml", [MADE], grafanaRules(rules, options)),
    file("alerting/contact-points.yaml", [MADE, ENVIRONMENT], contactPoints()),
    file("alerting/policies.yaml", [MADE, WHOLE_TREE], policies()),
  ];
  const ruler = [
    file("loki/rules/fake/dunetrace.yaml", [MADE, TENANT], rulerRules(rules, options)),
    file("alertmanager/alertmanager.yaml", [MADE, ADDRESSES], alertmanagerConfig()),
  ];
  return [...(format === "ruler" ? [] : grafana), ...(format === "grafana" ? [] : ruler)];
}

function file(path: string, comments: readonly string[], content: YamlValue): RulesFile {
  return { path, text: `${comments.join("\n")}\n${yamlText(content)}` };
}
