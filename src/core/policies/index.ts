export type { PolicyInput } from "./conditions";
export { PolicyRun, policiesFor, type Triggered } from "./evaluate";
export { PolicyError, parsePolicies, parsePolicy } from "./parse";
export {
  ACTION_TYPES,
  type Action,
  type ActionType,
  type Condition,
  DEFAULT_PRIORITY,
  EVERY_AGENT,
  OPERATORS,
  type Operator,
  type Policy,
  TRIGGERS,
  type Trigger,
} from "./policy";
