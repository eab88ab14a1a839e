import type { Content } from "../../sdk/content";
import type { AgentRule } from "../config/agentRules";
import type { NameRules } from "./classify";

/** How spans are read. */
export interface DialectOptions {
  /** Reduces content to what may be written. */
  readonly content: Content;
  /** Which traces are of which agent, before what their spans say. */
  readonly agents?: readonly AgentRule[] | undefined;
  /** Substrings of names with what such a span is, asked before the built-in ones. */
  readonly classify?: NameRules | undefined;
}
