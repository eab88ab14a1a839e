export {
  DEFAULT_VIEW_SETTINGS,
  type UserStore,
  useEnvironment,
  type ViewEnvironment,
  ViewEnvironmentProvider,
  type ViewSettings,
} from "./environment";
export { type Page, timeParams, type ViewLocation } from "./location";
export { restAfter } from "./rest";
export { takesText } from "./takesText";
export { useTimeRange } from "./timeRange";
export { type Asked, useAsk } from "./useAsk";
export { type LinkTarget, useLink } from "./useLink";
export { useParams } from "./useParams";
