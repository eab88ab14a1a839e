/**
 * Protects the strings of a query from Grafana's template variables, which its Loki datasource puts into every query it
 * is given: an id that reads `$agent` or `[[agent]]` must stay an id. The escapes are those of LogQL itself, so Loki reads
 * the same query.
 *
 * @example withoutVariables('{agent_id="$agent"}') // {agent_id="\u0024agent"}
 */
export function withoutVariables(logql: string): string {
  return logql.replace(STRING, (text) => text.replaceAll("$", "\\u0024").replaceAll("[[", "[\\u005b"));
}

/** Strings in double quotes: builders write no others where a value of outside stands. */
const STRING = /"(?:[^"\\]|\\.)*"/gs;
