import { parsePath, pathOf, type ViewLocation } from "../components/environment/location";
import { dashboardVariables, isVariable } from "./dashboardVariables";

/** Stands in a path for an id that is in the query instead. */
const ELSEWHERE = "~";
const ID = "id";
/** Ids that come through Grafana's router as they are: it decodes paths before it writes them into the address bar. */
const PLAIN = /^(?!\.+$)[\w.:@-]+$/;

/**
 * The path of a view below the root of the app, for Grafana's router.
 *
 * @example addressOf({ page: "run", id: "50%", params: {} }) // "runs/~?id=50%25"
 */
export function addressOf(to: ViewLocation): string {
  if (to.id === undefined || PLAIN.test(to.id)) return pathOf(to);
  return pathOf({ ...to, id: ELSEWHERE, params: { ...to.params, [ID]: to.id } });
}

/** The view of a path below the root of the app, also as dashboards link to it; undefined when no view has it. */
export function parseAddress(path: string, search: string): ViewLocation | undefined {
  const parsed = parsePath(path, search);
  const location = parsed && { ...parsed, params: withoutVariables(parsed.params, search) };
  if (location?.id !== ELSEWHERE) return location;
  const { [ID]: id, ...params } = location.params;
  return id === undefined ? location : { ...location, id, params };
}

function withoutVariables(params: ViewLocation["params"], search: string): ViewLocation["params"] {
  const own = Object.entries(params).filter(([param]) => !isVariable(param));
  return { ...dashboardVariables(new URLSearchParams(search)), ...Object.fromEntries(own) };
}
