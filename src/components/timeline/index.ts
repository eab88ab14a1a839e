export type { NestedRun, TimelineSignal } from "./signal";
export { Timeline } from "./Timeline";
