import { expect, it } from "vitest";
import { permissionsOf } from "./permissions";

const reader = (orgRole: string, more = {}) => permissionsOf({ orgRole, isGrafanaAdmin: false, ...more });

it("lets viewers look, editors explain, administrators configure", () => {
  expect(reader("")).toEqual({ configure: false, explain: false, lines: false });
  expect(reader("Viewer")).toEqual({ configure: false, explain: false, lines: false });
  expect(reader("Editor")).toEqual({ configure: false, explain: true, lines: true });
  expect(reader("Admin")).toEqual({ configure: true, explain: true, lines: true });
  expect(reader("Viewer", { isGrafanaAdmin: true })).toEqual({ configure: true, explain: true, lines: true });
});

it("goes by the permission to explore where Grafana states one", () => {
  expect(reader("Viewer", { permissions: { "datasources:explore": true } }).lines).toBe(true);
  expect(reader("Editor", { permissions: { "datasources:explore": false } }).lines).toBe(false);
});
