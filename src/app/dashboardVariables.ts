import { listParam } from "../components/filters/listParam";
import { FILTER_PARAMS } from "../components/filters/parseFilters";

/** Our parameters by the variable of the dashboards that says the same. */
const PARAMS: Readonly<Record<string, string>> = {
  "var-datasource": "ds",
  "var-agent": FILTER_PARAMS.agents,
  "var-version": FILTER_PARAMS.versions,
  "var-type": FILTER_PARAMS.failure_types,
  "var-severity": FILTER_PARAMS.min_severity,
};
/** What stands for "All" in addresses of dashboards, and in the variables of ours. */
const ALL: ReadonlySet<string> = new Set(["$__all", ".+", ".*", ""]);

/**
 * What a link from a dashboard asks for, in our own parameters: Grafana writes a variable as `var-agent=a&var-agent=b`.
 *
 * @example dashboardVariables(new URLSearchParams("var-agent=a&var-agent=b")) // { agent: "a,b" }
 */
export function dashboardVariables(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    Object.entries(PARAMS).flatMap(([variable, param]) => {
      const values = search.getAll(variable).filter((value) => !ALL.has(value));
      const value = variable === "var-datasource" || variable === "var-severity" ? values[0] : listParam(values);
      return value === undefined ? [] : [[param, value] as const];
    }),
  );
}

/** Whether a parameter is a variable of a dashboard. */
export const isVariable = (param: string): boolean => param.startsWith("var-");
