import type { Severity } from "../../core/wire";
import type { AnswerOf } from "../../logql/ask";
import { matcherText } from "../../logql/builders/compose/selector";

export interface RulesCommand extends Pick<AnswerOf<"alertRules">, "datasource" | "scope"> {
  readonly severity: Severity;
}

/** What `dunetrace rules` takes where nothing is said. */
const DEFAULT_DATASOURCE = "loki";

/** The command that writes the rules shown, from a file of thresholds. */
export function rulesCommand({ severity, datasource, scope }: RulesCommand): string {
  return [
    "npx -p dunetrace-grafana dunetrace rules --detectors detectors.yml",
    `--min-severity ${severity}`,
    ...(datasource === DEFAULT_DATASOURCE ? [] : [`--datasource ${quoted(datasource)}`]),
    ...(scope.length === 0 ? [] : [`--selector ${quoted(`{${scope.map(matcherText).join(", ")}}`)}`]),
    "--out provisioning",
  ].join(" ");
}

/** One word for a shell. */
function quoted(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
