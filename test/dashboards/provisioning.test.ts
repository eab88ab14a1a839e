import Ajv, { type Schema } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseSettings } from "../../src/datasource/settings";
import { provisioned } from "./committed";

const text = { type: "string", minLength: 1 } as const;
const uid = { type: "string", pattern: "^[A-Za-z0-9_-]{1,40}$" } as const;
const object = (properties: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema => ({
  type: "object",
  properties,
  required: [...required],
  additionalProperties: false,
});
const list = (items: Schema): Schema => ({ type: "array", minItems: 1, items });

/** https://grafana.com/docs/grafana/v12.3/administration/provisioning/, as far as we use it. */
const SHAPES: Readonly<Record<string, Schema>> = {
  "datasources/dunetrace.yml": object(
    {
      apiVersion: { const: 1 },
      datasources: list(
        object(
          {
            name: text,
            uid,
            orgId: { const: 1 },
            type: { enum: ["loki", "dunetrace-agents-datasource"] },
            access: { const: "proxy" },
            url: text,
            isDefault: { type: "boolean" },
            jsonData: { type: "object" },
          },
          "name",
          "uid",
          "type",
          "access",
        ),
      ),
    },
    "apiVersion",
    "datasources",
  ),
  "plugins/dunetrace.yml": object(
    {
      apiVersion: { const: 1 },
      apps: list(
        object({ type: { const: "dunetrace-agents-app" }, org_id: { const: 1 }, disabled: { const: false } }, "type"),
      ),
    },
    "apiVersion",
    "apps",
  ),
  "dashboards/dunetrace.yml": object(
    {
      apiVersion: { const: 1 },
      providers: list(
        object(
          {
            name: text,
            orgId: { const: 1 },
            folder: text,
            folderUid: uid,
            type: { const: "file" },
            disableDeletion: { type: "boolean" },
            allowUiUpdates: { type: "boolean" },
            updateIntervalSeconds: { type: "integer", minimum: 10 },
            options: object({ path: text, foldersFromFilesStructure: { type: "boolean" } }, "path"),
          },
          "name",
          "type",
          "options",
        ),
      ),
    },
    "apiVersion",
    "providers",
  ),
};

describe("the files of provisioning/", () => {
  it.each(Object.entries(SHAPES))("%s has the documented shape", (name, schema) => {
    const ajv = new Ajv({ allErrors: true });
    expect(ajv.validate(schema, parse(provisioned(name))), ajv.errorsText()).toBe(true);
  });

  it.each(Object.keys(SHAPES))("%s leaves no dollar sign to Grafana's environment", (name) => {
    expect(provisioned(name)).not.toContain("$");
  });

  it("have a data source of ours that reads from the Loki beside it", () => {
    const { datasources } = parse(provisioned("datasources/dunetrace.yml"));
    const [loki, ours] = datasources;
    expect([loki.uid, ours.uid]).toEqual(["loki", "dunetrace-agents"]);
    expect(ours).not.toHaveProperty("url");
    const { lokiUid, problems } = parseSettings(ours.jsonData);
    expect({ lokiUid, problems }).toEqual({ lokiUid: loki.uid, problems: [] });
  });

  it("name the Loki that the alert rules ask", () => {
    const rules = provisioned("alerting/rules.yaml");
    expect(new Set([...rules.matchAll(/datasourceUid: (\S+)/g)].map(([, name]) => name))).toEqual(
      new Set(["loki", "__expr__"]),
    );
  });
});
