import { hashText } from "../../core/hashing";
import { cutName, type ExitReason, type Payloads, type Scalar } from "../../core/wire";
import type { Content } from "../../sdk/content";
import { type AgentRule, ruleFor } from "../config/agentRules";
import type { Attributes, Span } from "../otlp/span";
import type { ComponentKind } from "./classify";
import type { RunHints } from "./component";
import { countAt, nameAt, namesOf, textIn, valueAt } from "./lookup";
import type { DialectOptions } from "./options";
import { at, inputText, listIn, parsed } from "./values";

const AGENT_NAMES = namesOf("agent");
const OWN_AGENT = ["dunetrace.agent_id"];
/** Before all names of spans, and after them. */
const OWN_RANK = 0;
/** A rule of the collector's file: the person who runs it knows. */
const RULE_RANK = 0.5;
const SERVICE_RANK = AGENT_NAMES.length + 1;
const ENVIRONMENT = ["deployment.environment.name", "deployment.environment"];
/** A declared tool of several, each with an attribute of its own: its definition in OpenInference, its name in OpenLLMetry. */
const FLAT_TOOL = /^(?:llm\.tools\.\d+\.tool\.json_schema|llm\.request\.functions\.\d+\.name)$/;
/** What runs answer, by the span that Hayhooks opens for them. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["hayhooks.openai.run", "openai"],
  ["hayhooks.mcp.run_pipeline_tool", "mcp"],
  ["hayhooks.mcp.call_tool", "mcp"],
  ["hayhooks.a2a.run_agent", "a2a"],
  ["hayhooks.durable.attempt", "durable"],
]);

/** What a span says of its run, whatever it is itself. */
export function hintsOf(
  span: Span,
  kind: ComponentKind,
  { content, agents }: Pick<DialectOptions, "content" | "agents">,
): RunHints {
  const { attributes, resource } = span;
  const rule = agents === undefined ? undefined : ruleFor(agents, attributes, resource);
  const user = nameAt(span, "user");
  const session = nameAt(span, "session");
  const isFrame = kind === "agent" || kind === "transport";
  return {
    agent: agentIn(attributes, resource, rule),
    version: rule?.agent_version ?? textIn(attributes, namesOf("version")) ?? textIn(resource, namesOf("version")),
    tools: rule?.tools ?? toolNames(valueAt(span, "tools") ?? resource.get("dunetrace.tools")) ?? flatTools(span, kind),
    session: session === undefined ? undefined : cutName(session),
    user: hashText(user, content.hash),
    environment: textIn(resource, ENVIRONMENT),
    input: kind === "agent" ? inputOf(span, content) : undefined,
    exit: kind === "agent" ? exitOf(attributes) : undefined,
    steps: kind === "agent" ? stepsOf(attributes) : undefined,
    kind: KINDS.get(span.name),
    attrs: isFrame ? attrsOf(span) : undefined,
  };
}

/** The agent's name and its rank. */
function agentIn(attributes: Attributes, resource: Attributes, rule: AgentRule | undefined): RunHints["agent"] {
  const own = textIn(resource, OWN_AGENT) ?? textIn(attributes, OWN_AGENT);
  if (own !== undefined) return { rank: OWN_RANK, name: own };
  if (rule !== undefined) return { rank: RULE_RANK, name: rule.agent_id };
  let rank = OWN_RANK;
  for (const attribute of AGENT_NAMES) {
    rank++;
    const name = attribute === "haystack.pipeline.metadata.name" ? pipelineName(attributes) : attributes.get(attribute);
    if (typeof name === "string" && name !== "") return { rank, name };
  }
  const service = textIn(resource, ["service.name"]);
  return service === undefined ? undefined : { rank: SERVICE_RANK, name: service };
}

/** Haystack sends the metadata of a pipeline as JSON. */
function pipelineName(attributes: Attributes): unknown {
  return (
    attributes.get("haystack.pipeline.metadata.name") ??
    at(parsed(attributes.get("haystack.pipeline.metadata")), "name")
  );
}

/** Names of declared tools: a list of names or of definitions, such a list as JSON, or names with commas between. */
function toolNames(value: unknown): readonly string[] | undefined {
  // Haystack sends a set of tools as an object with the list in it.
  const found = parsed(value);
  const list = listIn(found) ?? listIn(at(found, "data", "tools"));
  if (list !== undefined) return list.flatMap(namesOfTool).map(cutName);
  if (typeof value !== "string" || value.startsWith("[") || value.startsWith("{")) return undefined;
  return value.split(",").flatMap((name) => (name.trim() === "" ? [] : [cutName(name.trim())]));
}

function flatTools({ attributes }: Span, kind: ComponentKind): readonly string[] | undefined {
  if (kind !== "llm") return undefined;
  const names: string[] = [];
  for (const name of attributes.keys()) {
    if (name.startsWith("llm.") && FLAT_TOOL.test(name)) names.push(...namesOfTool(parsed(attributes.get(name))));
  }
  return names.length === 0 ? undefined : names.map(cutName);
}

function namesOfTool(tool: unknown): readonly string[] {
  if (typeof tool === "string") return [tool];
  const set = listIn(at(tool, "data", "tools"));
  if (set !== undefined) return set.flatMap(namesOfTool);
  const name = at(tool, "name") ?? at(tool, "function", "name") ?? at(tool, "data", "name");
  return typeof name === "string" ? [name] : [];
}

function inputOf(span: Span, content: Content): Payloads["input.received"] | undefined {
  const text = inputText(valueAt(span, "input"));
  if (text === undefined) return undefined;
  const payload: Payloads["input.received"] = {};
  content.input(payload, text);
  return payload;
}

/** How Haystack 3 says that an agent ended. */
function exitOf(attributes: Attributes): ExitReason | undefined {
  const said =
    attributes.get("haystack.agent.output.exit_reason") ??
    at(parsed(attributes.get("haystack.agent.output")), "exit_reason");
  if (said === "max_agent_steps") return "max_steps";
  return said === undefined ? undefined : "final_answer";
}

/** The steps of an agent of Haystack 2 or 3, sent without content too. */
function stepsOf(attributes: Attributes): RunHints["steps"] {
  const limit = attributes.get("haystack.agent.max_steps");
  if (typeof limit !== "number") return undefined;
  const taken = attributes.get("haystack.agent.steps_taken");
  const conditions = listIn(attributes.get("haystack.agent.exit_conditions")) ?? [];
  return {
    allTaken: typeof taken === "number" && taken >= limit,
    lastTools: conditions.filter((name) => typeof name === "string"),
  };
}

function attrsOf(span: Span): Record<string, Scalar> | undefined {
  const attrs: Record<string, Scalar> = {};
  const put = (key: string, value: Scalar | undefined): void => {
    if (value !== undefined) attrs[key] = typeof value === "string" ? cutName(value) : value;
  };
  put("transport", nameAt(span, "transport"));
  put("route", nameAt(span, "route")?.split("?", 1)[0]);
  put("status", countAt(span, "httpStatus"));
  put("pipeline", nameAt(span, "pipeline"));
  put("stream_type", nameAt(span, "streamType"));
  return Object.keys(attrs).length === 0 ? undefined : attrs;
}
