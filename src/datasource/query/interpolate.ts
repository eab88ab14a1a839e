import { known } from "./read";
import type { AgentsQuery, AgentsVariableQuery, QueryFilter } from "./types";

/** Puts the values of variables into a text, each through the formatter. Grafana's `TemplateSrv.replace` with its scope. */
export type ReplaceVariables = (text: string, format: (value: unknown) => string) => string;

/** What dashboards take for "All" where its value is a text: no filter for us. */
const ALL: ReadonlySet<string> = new Set([".*", ".+", "*", "$__all"]);
const PLACE = /\uE000(\d+)\uE000/;
/** More combinations than this are a mistake. */
const MOST = 2000;

/**
 * Every text that a text with variables stands for: a variable with several values makes several texts. Values go in as
 * they are; nothing reads them again, and the builders of queries escape them.
 *
 * @example expand("$agent", replace) // ["support-bot", "research-agent"]
 * @returns [] for "All" and for nothing
 */
export function expand(text: string, replace: ReplaceVariables): readonly string[] {
  const lists: (readonly string[])[] = [];
  const template = replace(text.replaceAll("\uE000", ""), (value) => {
    lists.push(Array.isArray(value) ? value.map(String) : [String(value)]);
    return `\uE000${lists.length - 1}\uE000`;
  });
  if (template !== text && ALL.has(template.trim())) return [];
  const texts = product(template, lists).filter((one) => one.trim() !== "");
  return texts.includes("$__all") ? [] : [...new Set(texts)];
}

function product(template: string, lists: readonly (readonly string[])[]): readonly string[] {
  const parts = template.split(PLACE);
  let texts: string[] = [""];
  parts.forEach((part, at) => {
    const choices = at % 2 === 0 ? [part] : (lists[Number(part)] ?? [part]);
    texts = texts.flatMap((begun) => choices.map((choice) => begun + choice)).slice(0, MOST);
  });
  return texts;
}

/** One text: the first where a variable has several values; undefined for "All" and for nothing. */
function single(text: string | undefined, replace: ReplaceVariables): string | undefined {
  return text === undefined ? undefined : expand(text, replace)[0];
}

function list(texts: readonly string[] | undefined, replace: ReplaceVariables): readonly string[] | undefined {
  if (texts === undefined) return undefined;
  const all = texts.map((text) => expand(text, replace));
  // One entry that says "All" asks for everything, whatever else is listed.
  if (all.some((values) => values.length === 0)) return undefined;
  return [...new Set(all.flat())];
}

/** The filter with the values of variables in place of their names. */
export function interpolateFilter(filter: QueryFilter, replace: ReplaceVariables): QueryFilter {
  return known({
    agents: list(filter.agents, replace),
    versions: list(filter.versions, replace),
    session: single(filter.session, replace),
    environment: single(filter.environment, replace),
    minSeverity: single(filter.minSeverity, replace),
    failureTypes: list(filter.failureTypes, replace),
    shadow: filter.shadow,
    text: single(filter.text, replace),
  });
}

/** A query with the values of variables in place of their names, ready to be asked. */
export function interpolateQuery(query: AgentsQuery, replace: ReplaceVariables): AgentsQuery {
  const { filter, statuses, runId, at, step, failureType, thresholds, ...rest } = query;
  return {
    ...rest,
    ...known({
      filter: filter && interpolateFilter(filter, replace),
      statuses: list(statuses, replace),
      runId: single(runId, replace),
      at: single(at, replace),
      step: single(step, replace),
      failureType: single(failureType, replace),
      thresholds:
        thresholds &&
        Object.fromEntries(Object.entries(thresholds).map(([key, text]) => [key, expand(text, replace).join(", ")])),
    }),
  };
}

export function interpolateVariableQuery(query: AgentsVariableQuery, replace: ReplaceVariables): AgentsVariableQuery {
  const { filter, ...rest } = query;
  return { ...rest, ...known({ filter: filter && interpolateFilter(filter, replace) }) };
}
