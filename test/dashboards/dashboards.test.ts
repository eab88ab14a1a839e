import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DASHBOARDS, dashboardText } from "../../dashboards";
import { parsePath } from "../../src/components/environment/location";
import { migrateQuery, migrateVariableQuery } from "../../src/datasource/query/migrate";
import { ANNOTATION_KINDS } from "../../src/datasource/query/types";
import { each, NAMES, provisioned, targets } from "./committed";

const FOLDER = path.resolve(import.meta.dirname, "../../provisioning/dashboards/dunetrace");
/** Of Grafana itself, and ours. */
const PANELS = [
  "stat",
  "timeseries",
  "table",
  "barchart",
  "bargauge",
  "traces",
  "logs",
  "dunetrace-timeline-panel",
  "dunetrace-signals-panel",
];

describe("the dashboards of provisioning/", () => {
  it.each(NAMES)("%s is what dashboards/ makes", (name) => {
    const dashboard = DASHBOARDS[name];
    if (dashboard === undefined) throw new Error(`no dashboard ${name}`);
    const stale = "it is stale: run `node scripts/dashboards.mjs`";
    expect(provisioned(`dashboards/dunetrace/${name}.json`), stale).toBe(dashboardText(dashboard));
  });

  it("are all there is", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.json`).sort());
  });
});

describe("each dashboard", () => {
  it("has an address, a version and the model of Grafana 12.3", () => {
    const uids = Object.values(DASHBOARDS).map(({ uid }) => uid);
    expect(uids).toEqual(["dunetrace-agents", "dunetrace-run", "dunetrace-signals"]);
    each((name, { schemaVersion, revision, version, tags, title }) => {
      expect({ name, schemaVersion }).toEqual({ name, schemaVersion: 42 });
      expect(revision).toBeGreaterThan(0);
      expect(version).toBe(revision);
      expect(tags).toContain("dunetrace");
      expect(title).not.toBe("");
    });
  });

  it("has panels with ids of their own that do not overlap", () => {
    each((name, { panels }) => {
      expect(new Set(panels.map(({ id }) => id)).size, name).toBe(panels.length);
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
      );
      expect(new Set(cells).size, name).toBe(cells.length);
      for (const { gridPos, type } of panels) {
        expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
        expect(PANELS).toContain(type);
      }
    });
  });

  it("reads from whatever data sources the reader chooses", () => {
    each((name, { panels, templating, annotations }) => {
      const known = templating.list.flatMap(({ name: variable, type }) => (type === "datasource" ? [variable] : []));
      const refs = [
        ...panels.flatMap(({ datasource, targets: of = [] }) => [datasource, ...of.map((target) => target.datasource)]),
        ...annotations.list.filter((annotation) => !("builtIn" in annotation)).map(({ datasource }) => datasource),
      ];
      for (const ref of refs)
        expect(
          known.map((variable) => `\${${variable}}`),
          name,
        ).toContain(ref?.uid);
    });
  });

  it("uses no variable that it does not have, and all that it has", () => {
    each((name, dashboard) => {
      const known = dashboard.templating.list.map((variable) => variable.name);
      const text = JSON.stringify({ ...dashboard, links: [] }).replaceAll(/\$\{?__[\w.]+(:\w+)?\}?/g, "");
      const used = [...text.matchAll(/\$\{?(\w+)/g)].map(([, variable = ""]) => variable);
      expect([...new Set(used)].sort(), name).toEqual([...known].sort());
    });
  });

  it("links to pages and dashboards that there are", () => {
    const uids = new Set(Object.values(DASHBOARDS).map(({ uid }) => uid));
    const urls = [...JSON.stringify(DASHBOARDS).matchAll(/"url":"([^"]*)"/g)].map(([, url = ""]) => url);
    expect(urls.length).toBeGreaterThan(5);
    for (const url of urls) {
      const [, uid] = /^\/d\/([\w-]+)\?/.exec(url) ?? [];
      const [, page] = /^\/a\/dunetrace-agents-app\/?([^?]*)/.exec(url) ?? [];
      if (uid !== undefined) expect(uids).toContain(uid);
      else expect(page === undefined ? undefined : parsePath(page, ""), url).toBeDefined();
    }
  });
});

describe("the queries of our data source", () => {
  const queries = targets("dunetrace-agents-datasource");

  it.each(queries.map(({ name, target }) => [name, target] as const))(
    "%s is read as it is written",
    (_name, target) => {
      expect(migrateQuery(target)).toEqual(target);
    },
  );

  it("are of every type", () => {
    const types = new Set(queries.map(({ target }) => target.queryType));
    expect([...types].sort()).toEqual(["agents", "run", "runs", "signalRate", "signals", "whatIf"]);
  });

  it("of variables and annotations are read as they are written", () => {
    each((name, { templating, annotations }) => {
      for (const { type, query } of templating.list)
        if (type === "query") expect(migrateVariableQuery(query), name).toEqual(query);
      const kinds = annotations.list.flatMap(({ target }) => (target === undefined ? [] : [target]));
      expect(
        kinds.map((target) => migrateQuery(target)),
        name,
      ).toEqual(kinds);
      const asked = kinds.map((target) => migrateQuery(target).annotation);
      expect(asked.sort()).toEqual([...ANNOTATION_KINDS].sort());
    });
  });
});
