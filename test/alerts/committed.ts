import { readFileSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";
import { parse } from "yaml";

const PROVISIONING = path.resolve(import.meta.dirname, "../../provisioning");

const GrafanaRules = v.object({
  groups: v.array(
    v.object({
      rules: v.array(
        v.object({
          title: v.string(),
          data: v.array(v.object({ refId: v.string(), model: v.object({ expr: v.optional(v.string()) }) })),
        }),
      ),
    }),
  ),
});
const RulerRules = v.object({
  groups: v.array(v.object({ rules: v.array(v.object({ alert: v.string(), expr: v.string() })) })),
});

export interface Expression {
  /** File, rule and query it belongs to. */
  readonly name: string;
  readonly rule: string;
  readonly expr: string;
}

/** The text of a file below `provisioning/`. */
export function provisioned(file: string): string {
  return readFileSync(path.join(PROVISIONING, file), "utf8");
}

export const RULER_FILE = "loki/rules/fake/dunetrace.yaml";

/** All queries of Grafana's rules, those for annotations too. */
export function grafanaExpressions(yaml: string): Expression[] {
  const { groups } = v.parse(GrafanaRules, parse(yaml));
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ title, data }) =>
      data.flatMap(({ refId, model: { expr } }) =>
        expr === undefined ? [] : [{ name: `Grafana: ${title} ${refId}`, rule: title, expr }],
      ),
    );
}

export function rulerExpressions(yaml: string): Expression[] {
  const { groups } = v.parse(RulerRules, parse(yaml));
  return groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, expr }) => ({ name: `ruler: ${alert}`, rule: alert, expr }));
}
