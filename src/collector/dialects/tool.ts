import { cutName, microsToMillis } from "../../core/wire";
import type { Content } from "../../sdk/content";
import type { Span } from "../otlp/span";
import type { SpanError, ToolUse } from "./component";
import { type InvokedTool, invokedTools } from "./haystack";
import { nameAt, valueAt } from "./lookup";
import { at, parsed, unwrapArguments, unwrapResult } from "./values";

/** What tracers put around the name of a tool to name its span. */
const AROUND_NAME = /^(?:execute_tool|running tool:?)\s+|\.tool$/g;

/** Reads the calls of tools out of a span: one, or those of a Haystack ToolInvoker. */
export function toolsOf(span: Span, content: Content, error: SpanError | undefined): readonly ToolUse[] {
  const invoked = invokedTools(span);
  if (invoked.length > 0) return invoked.map((tool) => toolUseOf(span, content, tool, undefined));
  const result = valueAt(span, "toolResult");
  // A Haystack tool that failed answers with its error, and its span says nothing.
  const failed = error !== undefined || at(parsed(result), "error") !== undefined;
  const tool: InvokedTool = {
    name: toolName(span),
    arguments: valueAt(span, "toolArguments"),
    id: nameAt(span, "toolCallId"),
    failed,
    result,
  };
  return [toolUseOf(span, content, tool, error)];
}

function toolName(span: Span): string {
  const name = nameAt(span, "toolName") ?? nameAt(span, "index") ?? span.name.replace(AROUND_NAME, "");
  return cutName(name === "" ? "unknown" : name);
}

function toolUseOf(span: Span, content: Content, tool: InvokedTool, error: SpanError | undefined): ToolUse {
  const called: ToolUse["called"] = { tool_name: tool.name };
  const args = unwrapArguments(tool.arguments);
  if (args !== undefined) content.args(called, args);
  const answer: ToolUse["answer"] = {
    tool_name: tool.name,
    success: !tool.failed,
    latency_ms: microsToMillis(span.end - span.start),
    ...error,
  };
  if (tool.result !== undefined && !tool.failed) content.result(answer, unwrapResult(tool.result));
  else if (tool.failed && error === undefined) content.thrown(answer, failureText(tool.result));
  return { called, answer, callId: tool.id };
}

function failureText(result: unknown): Error {
  const said = at(parsed(result), "error") ?? result;
  return new Error(typeof said === "string" ? said : (JSON.stringify(said) ?? ""));
}
