import type { EventType } from "../../core/wire";
import type { Matcher } from "../api";
import { oneOf } from "./compose/selector";
import { type JsonPath, json, type Stage } from "./compose/stages";

/**
 * Our names for fields of the line. None is a key of the wire, because Loki renames a parsed field to `…_extracted` where
 * a label or structured metadata of that name exists.
 */
const PATHS = {
  rid: "run_id",
  prid: "parent_run_id",
  sid: "session_id",
  ver: "agent_version",
  envt: "tags.environment",
  xreason: "payload.exit_reason",
  sigs: "payload.signals",
  ftype: "payload.failure_type",
  sev: "payload.severity",
  phs: "payload.phase",
  shd: "payload.shadow",
  dver: "payload.version",
} as const satisfies Record<string, JsonPath>;

export type FieldAlias = keyof typeof PATHS;

/** The paths of the named fields, each once. */
export function pathsOf(aliases: readonly FieldAlias[]): Record<string, JsonPath> {
  return Object.fromEntries(aliases.map((alias) => [alias, PATHS[alias]]));
}

/** Takes the named fields out of the line. */
export function fields(...aliases: readonly FieldAlias[]): Stage {
  return json(pathsOf(aliases));
}

export const TERMINAL_EVENTS = ["run.completed", "run.errored"] as const satisfies readonly EventType[];

/** Matcher of the `event_type` label. */
export function events(...types: readonly EventType[]): Matcher[] {
  return oneOf("event_type", types);
}

/** Matcher of the `agent_id` label; of no agents it is any agent, so that a selector always has a matcher. */
export function agents(ids: readonly string[] | undefined): Matcher[] {
  const some = oneOf("agent_id", ids);
  return some.length > 0 ? some : [{ name: "agent_id", op: "=~", value: ".+" }];
}
