import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isRecord } from "../../src/core/wire";

const ROOT = path.resolve(import.meta.dirname, "../..");
const text = readFileSync(path.join(ROOT, "docker-compose.yml"), "utf8");
const compose: unknown = parse(text);

/** A field of a document, on its way down by names. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

const servicesOf = (document: unknown): [string, unknown][] => Object.entries(at(document, "services") ?? {});
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((part): part is string => typeof part === "string") : [];

describe("docker-compose.yml", () => {
  it("is valid by the schema of the compose specification", () => {
    // schema/compose-spec.json of github.com/compose-spec/compose-go v2.16.2, Apache-2.0.
    const schema: unknown = JSON.parse(readFileSync(path.join(ROOT, "test/fixtures/compose-spec.json"), "utf8"));
    if (!isRecord(schema)) throw new Error("the schema is no object");
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    expect(validate(compose), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
    expect(validate({ services: { loki: { imge: "x" } } })).toBe(false);
  });

  it("pins every image", () => {
    const images = servicesOf(compose).flatMap(([, service]) => at(service, "image") ?? []);
    expect(images.length).toBeGreaterThan(2);
    for (const image of images) expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
    const froms = [...readFileSync(path.join(ROOT, "docker/Dockerfile"), "utf8").matchAll(/^FROM (\S+)/gm)];
    for (const [, image] of froms) expect(image).toMatch(/:\d+\.\d+\.\d+/);
  });

  it("mounts and builds only what the repository has", () => {
    for (const [, service] of servicesOf(compose)) {
      for (const mount of strings(at(service, "volumes"))) {
        const [source = ""] = mount.split(":");
        if (source.startsWith("./")) expect(existsSync(path.join(ROOT, source)), source).toBe(true);
      }
      const file = at(service, "build", "dockerfile");
      if (typeof file !== "string") continue;
      const targets = [...readFileSync(path.join(ROOT, file), "utf8").matchAll(/ AS (\S+)$/gm)].map(([, name]) => name);
      expect(targets).toContain(at(service, "build", "target"));
    }
  });

  it("waits only for services that there are", () => {
    const names = servicesOf(compose).map(([name]) => name);
    for (const [, service] of servicesOf(compose))
      expect(names).toEqual(expect.arrayContaining(Object.keys(at(service, "depends_on") ?? {})));
  });

  it("waits for a Loki that is ready, and lets no log fill the disk", () => {
    for (const [name, service] of servicesOf(compose)) {
      expect(at(service, "logging", "options", "max-size"), name).toBe("10m");
      if (at(service, "depends_on", "loki") !== undefined) {
        expect(at(service, "depends_on", "loki", "condition"), name).toBe("service_healthy");
      }
    }
    expect(at(compose, "services", "loki", "healthcheck", "test")).toContain("-health");
  });

  it("names every plugin of the bundle where unsigned ones are allowed", () => {
    const allowed = at(compose, "services", "grafana", "environment", "GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS");
    const ids = ["src", "src/datasource", "src/panels/timeline", "src/panels/signals"].map((folder) => {
      const manifest: unknown = JSON.parse(readFileSync(path.join(ROOT, folder, "plugin.json"), "utf8"));
      return at(manifest, "id");
    });
    expect(String(allowed).split(",").sort()).toEqual(ids.map(String).sort());
  });

  it("gives contact points an address where none is set, since Grafana does not start with an empty one", () => {
    const contacts = readFileSync(path.join(ROOT, "provisioning/alerting/contact-points.yaml"), "utf8");
    const variables = [...contacts.matchAll(/url: \$\{?(\w+)/g)].map(([, name]) => name ?? "");
    expect(variables.length).toBeGreaterThan(0);
    for (const name of variables) {
      expect(at(compose, "services", "grafana", "environment", name), name).toMatch(/:-http.+\}$/);
    }
  });

  it("provisions folders, each with something in it", () => {
    for (const mount of strings(at(compose, "services", "grafana", "volumes"))) {
      const [source = ""] = mount.split(":");
      if (source.startsWith("./")) expect(statSync(path.join(ROOT, source)).isDirectory()).toBe(true);
    }
  });
});
