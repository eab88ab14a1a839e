import { DEFAULT_RULE_OPTIONS, rulesFiles } from "../../rules";
import type { Answerer } from "../context";

/** Alert rules for the settings in use; no query. */
export const alertRules: Answerer<"alertRules"> = async ({ min_severity = "HIGH" }, { settings }) => {
  const options = { ...DEFAULT_RULE_OPTIONS, least: min_severity };
  const datasource = settings.lokiUid ?? DEFAULT_RULE_OPTIONS.datasource;
  const files = rulesFiles(settings.config, settings.scope, { ...options, datasource }, "all");
  return { files, datasource, scope: settings.scope.base ?? [] };
};
