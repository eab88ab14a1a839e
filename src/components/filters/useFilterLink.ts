import { useCallback } from "react";
import { type LinkTarget, useParams } from "../environment";
import { FILTER_PARAMS } from "./parseFilters";

/**
 * Targets in other views that keep what this one filters by, apart from what the target says itself.
 *
 * @example <ViewLink to={filtered({ page: "signals", params: { severity: "HIGH" } })}>…</ViewLink>
 */
export function useFilterLink(): (target: LinkTarget) => LinkTarget {
  const [params] = useParams();
  return useCallback(
    (target) => {
      const kept = Object.values(FILTER_PARAMS).flatMap((name) =>
        params[name] === undefined ? [] : [[name, params[name]] as const],
      );
      return { ...target, params: { ...Object.fromEntries(kept), ...target.params } };
    },
    [params],
  );
}
