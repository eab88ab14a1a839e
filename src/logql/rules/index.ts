/**
 * Alert rules as files: Grafana's file provisioning and Loki's ruler, with their routing.
 *
 * @example for (const { path, text } of rulesFiles(config, scope, DEFAULT_RULE_OPTIONS, "all")) await write(path, text);
 */
export type { RuleOptions } from "./alertRule";
export { DEFAULT_RULE_OPTIONS, type RulesFile, type RulesFormat, rulesFiles } from "./documents";
