import type { ScopedVars } from "@grafana/data";
import { setTemplateSrv } from "@grafana/runtime";
import { hostOptions } from "./options";

const VARIABLE = /\$(\w+)|\$\{(\w+)(?::(\w+))?\}/g;

type Values = string | readonly string[];
type Format = string | ((value: Values, variable: unknown) => string);

const isFormatter = (value: unknown): value is (value: Values, variable: unknown) => string =>
  typeof value === "function";

function formatted(value: Values, format: Format | undefined, name: string): string {
  if (isFormatter(format)) return format(value, { name, multi: typeof value !== "string", includeAll: false });
  if (typeof value === "string") return value;
  return format === "csv" || format === "raw" ? value.join(",") : `{${value.join(",")}}`;
}

function variable(name: string, scoped: ScopedVars): Values | undefined {
  const own = scoped[name]?.value;
  if (typeof own === "string" || Array.isArray(own)) return own;
  return hostOptions().variables?.[name];
}

/** Template variables as a dashboard has them. */
export function provideTemplates(): void {
  setTemplateSrv({
    getVariables: () => [],
    replace: (text = "", scoped = {}, format) =>
      text.replace(VARIABLE, (whole, plain: string, braced: string, own: string | undefined) => {
        const name = plain ?? braced;
        const value = variable(name, scoped);
        const how = own ?? (typeof format === "string" || isFormatter(format) ? format : undefined);
        return value === undefined ? whole : formatted(value, how, name);
      }),
    containsTemplate: (text = "") => new RegExp(VARIABLE).test(text),
    updateTimeRange: () => undefined,
  });
}
