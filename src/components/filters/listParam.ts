/** Values of one parameter at most; more are no filter any more. */
export const MOST_VALUES = 100;

/**
 * Several values as one parameter: commas between them, a comma or backslash of a value behind a backslash.
 *
 * @example link({ page: "runs", params: { agent: listParam(["a", "b"]) } })
 */
export function listParam(values: readonly string[]): string | undefined {
  const kept = values.filter((value) => value !== "");
  return kept.length === 0 ? undefined : kept.map((value) => value.replace(/[\\,]/g, "\\$&")).join(",");
}

/** The values of a parameter, each once. */
export function parseList(param: string | undefined): string[] {
  const values = new Set<string>();
  for (const [, raw = ""] of (param ?? "").matchAll(/((?:\\.|[^,\\])+|\\$)/gsu)) {
    const value = raw.replace(/\\(.)/gsu, "$1");
    if (value !== "") values.add(value);
  }
  return [...values];
}
