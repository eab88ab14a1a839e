import { readdirSync } from "node:fs";
import path from "node:path";
import { parser } from "@grafana/lezer-logql";
import Ajv, { type Schema } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { dunetrace } from "../../src/cli/testing/command";
import { grafanaExpressions, provisioned, RULER_FILE, rulerExpressions } from "./committed";
import { GRAFANA_CONTACT_POINTS, GRAFANA_POLICIES, GRAFANA_RULES, RULER_RULES } from "./schemas";

const ROOT = path.resolve(import.meta.dirname, "../..");
const FILES: Readonly<Record<string, Schema | undefined>> = {
  "alerting/rules.yaml": GRAFANA_RULES,
  "alerting/contact-points.yaml": GRAFANA_CONTACT_POINTS,
  "alerting/policies.yaml": GRAFANA_POLICIES,
  [RULER_FILE]: RULER_RULES,
  // Alertmanager itself reads it in the tests on real components.
  "alertmanager/alertmanager.yaml": undefined,
};

describe("the alerting files of provisioning/", () => {
  it("are what `dunetrace rules --out provisioning` writes", async () => {
    const { code, out, err } = await dunetrace(["rules"], { cwd: ROOT });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const committed = Object.keys(FILES).map((name) => `---\n# ${name}\n${provisioned(name)}`);
    expect(out, "they are stale: run `dunetrace rules --out provisioning`").toBe(committed.join(""));
  });

  it("are the only files that Grafana reads as alerting", () => {
    const names = readdirSync(path.join(ROOT, "provisioning/alerting")).sort();
    expect(names).toEqual(["contact-points.yaml", "policies.yaml", "rules.yaml"]);
  });

  it.each(Object.entries(FILES).flatMap(([name, schema]) => (schema === undefined ? [] : [[name, schema] as const])))(
    "%s has the documented shape",
    (name, schema) => {
      const ajv = new Ajv({ allErrors: true });
      const valid = ajv.validate(schema, parse(provisioned(name)));
      expect(valid, ajv.errorsText()).toBe(true);
    },
  );

  it("name every rule once", () => {
    const yaml = provisioned("alerting/rules.yaml");
    for (const key of ["uid: dunetrace-", "title: "]) {
      const found = yaml
        .split("\n")
        .flatMap((line) => (/^( {6}- | {8})(uid|title): /.test(line) && line.includes(key) ? [line] : []));
      expect(found.length).toBeGreaterThan(10);
      expect(new Set(found).size).toBe(found.length);
    }
  });

  it("hold LogQL only, the same for Grafana and the ruler", () => {
    const grafana = grafanaExpressions(provisioned("alerting/rules.yaml"));
    const ruler = rulerExpressions(provisioned(RULER_FILE));
    for (const { name, expr } of [...grafana, ...ruler]) {
      parser.parse(expr).iterate({
        enter: ({ type, from }) => {
          if (type.isError) throw new Error(`${name} is no LogQL at ${from}: ${expr}`);
        },
      });
    }
    expect(grafana.filter(({ name }) => name.endsWith(" A")).map(({ expr }) => expr)).toEqual(
      ruler.map(({ expr }) => expr),
    );
  });

  it("leave no dollar sign to Grafana's environment but the addresses", () => {
    const points = provisioned("alerting/contact-points.yaml").replaceAll(/^#.*$/gm, "");
    expect(points.match(/\$\w*/g)).toEqual(["$ALERT_WEBHOOK_URL", "$SLACK_WEBHOOK_URL"]);
    expect(provisioned("alerting/rules.yaml")).not.toMatch(/^ +(source|severity|failure_type): .*\$/m);
  });
});
