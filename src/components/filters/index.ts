export { AgentFilter } from "./AgentFilter";
export { EnvironmentFilter } from "./EnvironmentFilter";
export { FailureTypeFilter } from "./FailureTypeFilter";
export { IgnoredFilters } from "./IgnoredFilters";
export { Labelled } from "./Labelled";
export { listParam } from "./listParam";
export {
  isFiltered,
  NO_FILTERS,
} from "./parseFilters";
export { SessionFilter } from "./SessionFilter";
export { SeverityFilter } from "./SeverityFilter";
export { TextFilter } from "./TextFilter";
export { useFilterLink } from "./useFilterLink";
export { useFilters, useIdentityFilter, useRunFilter, useSignalFilter } from "./useFilters";
export { VersionFilter } from "./VersionFilter";
