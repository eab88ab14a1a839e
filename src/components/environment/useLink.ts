import { useCallback } from "react";
import { useEnvironment } from "./environment";
import { timeParams, type ViewLocation } from "./location";

/** A place to go: parameters of the time go along unless it names its own. */
export interface LinkTarget {
  readonly page: ViewLocation["page"];
  readonly id?: string | undefined;
  readonly params?: Readonly<Record<string, string | undefined>>;
}

/**
 * Addresses of other views, with the time range of this one.
 *
 * @example <TextLink href={link({ page: "run", id: run_id, params: { step: "6" } })}>…</TextLink>
 */
export function useLink(): (target: LinkTarget) => string {
  const { href, location } = useEnvironment();
  return useCallback(
    ({ page, id, params = {} }: LinkTarget) => {
      const own = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
      return href({ page, id, params: { ...timeParams(location.params), ...Object.fromEntries(own) } });
    },
    [href, location.params],
  );
}
