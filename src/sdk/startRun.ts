import { randomUUID } from "node:crypto";
import { agentVersion, hashText } from "../core/hashing";
import { agentIdOf, type Payloads, type RunHead } from "../core/wire";
import { type Content, textOf } from "./content";
import { enclosingRun } from "./context";
import { sha256Hex } from "./hashing";
import type { RunOptions } from "./options";
import { entriesOf, namesOf, optionalName, scalarsOf } from "./values";
import { SDK_NAME, SDK_VERSION } from "./version";

/** What all runs of a client have in common. */
export interface RunDefaults {
  readonly agentId: string | undefined;
  readonly version: string | undefined;
  readonly environment: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly tagKeys: ReadonlySet<string>;
  readonly humanTools: readonly string[];
}

const DEFAULT_AGENT = "agent";
const DEFAULT_KIND = "run";
/** The tag that is always allowed. */
const ENVIRONMENT = "environment";

const isText = (value: unknown): value is string => typeof value === "string";

/** Tags whose keys are allowed; those of the run win over those of the client. */
function tagsOf(defaults: RunDefaults, tags: unknown): Record<string, string> | undefined {
  const given = [...entriesOf(defaults.tags, isText), ...entriesOf(tags, isText)];
  const found = given.filter(([key]) => key === ENVIRONMENT || defaults.tagKeys.has(key));
  if (defaults.environment !== undefined) found.unshift([ENVIRONMENT, defaults.environment]);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** What the lines of a run share. */
export function headOf(agentId: unknown, options: RunOptions, defaults: RunDefaults, content: Content): RunHead {
  const id = optionalName(agentId) ?? defaults.agentId ?? DEFAULT_AGENT;
  const { systemPrompt, model, tools } = options;
  const version = optionalName(options.version) ?? defaults.version;
  const userId = options.userId === undefined ? undefined : textOf(options.userId);
  return {
    agent_id: agentIdOf(id),
    run_id: optionalName(options.runId) ?? randomUUID(),
    agent_version:
      version ??
      agentVersion(
        {
          systemPrompt: typeof systemPrompt === "string" ? systemPrompt : undefined,
          model: optionalName(model),
          tools: namesOf(tools),
        },
        sha256Hex,
      ),
    parent_run_id: optionalName(options.parentRunId) ?? enclosingRun()?.runId,
    session_id: optionalName(options.sessionId),
    user_hash: hashText(userId, content.hash),
    trace_id: optionalName(options.traceId),
    tags: tagsOf(defaults, options.tags),
  };
}

/** The payload of run.started. */
export function startedPayload(options: RunOptions, defaults: RunDefaults, content: Content): Payloads["run.started"] {
  const humanTools = [...defaults.humanTools, ...(namesOf(options.humanTools) ?? [])];
  const payload: Payloads["run.started"] = {
    model: optionalName(options.model),
    tools: namesOf(options.tools),
    human_tools: humanTools.length === 0 ? undefined : humanTools,
    capture: content.capture,
    hash: content.hashMode,
    sdk: { name: SDK_NAME, version: SDK_VERSION },
    source: optionalName(options.source),
    kind: optionalName(options.kind) ?? DEFAULT_KIND,
    attrs: scalarsOf(options.attrs),
  };
  content.input(payload, options.userInput);
  return payload;
}
