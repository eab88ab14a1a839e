import type { ComboboxOption } from "@grafana/ui";
import { useEffect, useState } from "react";
import type { AgentsDataSource } from "../DataSource";
import type { QueryFilter, VariableKind } from "../query/types";

/** The choices of a field: what the last 24 hours hold. What is stored stays a choice even where it is not among them. */
export function useSuggestions(
  datasource: AgentsDataSource,
  kind: VariableKind,
  filter?: QueryFilter,
): readonly ComboboxOption<string>[] {
  const [options, setOptions] = useState<readonly ComboboxOption<string>[]>([]);
  const agents = JSON.stringify(filter?.agents ?? []);
  useEffect(() => {
    const stop = new AbortController();
    const parsed: readonly string[] = JSON.parse(agents);
    datasource.suggestions(kind, parsed.length === 0 ? undefined : { agents: parsed }, stop.signal).then((values) => {
      if (!stop.signal.aborted) setOptions(values.map(({ text, value }) => ({ label: text, value })));
    });
    return () => stop.abort();
  }, [datasource, kind, agents]);
  return options;
}

/** The options with the chosen values that are not among them. */
export function withChosen(
  options: readonly ComboboxOption<string>[],
  chosen: readonly string[],
): ComboboxOption<string>[] {
  const known = new Set(options.map(({ value }) => value));
  return [...options, ...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value }))];
}
