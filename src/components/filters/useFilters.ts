import { useMemo } from "react";
import type { IdentityFilter, RunFilter, SignalFilter } from "../../logql/builders";
import { useParams } from "../environment";
import { parseFilters, runFilterOf, signalFilterOf, type ViewFilters } from "./parseFilters";

/** The filters of the address; the same object while the address stays. */
export function useFilters(): ViewFilters {
  const [params] = useParams();
  return useMemo(() => parseFilters(params), [params]);
}

/** Which runs the address asks for. */
export function useRunFilter(): RunFilter {
  const filters = useFilters();
  return useMemo(() => runFilterOf(filters), [filters]);
}

/** Which signals the address asks for. */
export function useSignalFilter(): SignalFilter {
  const filters = useFilters();
  return useMemo(() => signalFilterOf(filters), [filters]);
}

/** The part of the filter that every line of a run can be asked for. */
export function useIdentityFilter(): IdentityFilter {
  const filter = useSignalFilter();
  return useMemo(() => {
    const { failure_types: _types, min_severity: _severity, shadow: _shadow, ...identity } = filter;
    return identity;
  }, [filter]);
}
