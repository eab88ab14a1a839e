export {
  DEFAULT_VIEW_SETTINGS,
  type UserStore,
  useEnvironment,
  type ViewEnvironment,
  ViewEnvironmentProvider,
  type ViewSettings,
} from "./environment";
export { PAGES, type Page, parsePath, pathOf, timeParams, type ViewLocation } from "./location";
export { DEFAULT_RANGE, type RangeState, spanOf, useTimeRange } from "./timeRange";
export { type Asked, type AskOptions, useAsk } from "./useAsk";
export { type LinkTarget, useLink } from "./useLink";
export { useParams } from "./useParams";
