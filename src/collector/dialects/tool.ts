import { hashText } from "../../core/hashing";
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
  const tool: InvokedTool = {
    name: toolName(span),
    arguments: valueAt(span, "toolArguments"),
    id: nameAt(span, "toolCallId"),
    failed: error !== undefined,
    result: valueAt(span, "toolResult"),
  };
  return [toolUseOf(span, content, tool, error)];
}

/** Where a ToolInvoker of Haystack 2 raises the error of a tool, only the error says which. */
const FAILED_TOOL = /Failed to invoke Tool `([^`]+)`/;

function toolName(span: Span): string {
  const failed = FAILED_TOOL.exec(span.statusMessage)?.[1];
  const name = nameAt(span, "toolName") ?? failed ?? nameAt(span, "index") ?? span.name.replace(AROUND_NAME, "");
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
  };
  if (!tool.failed && tool.result !== undefined) content.result(answer, unwrapResult(tool.result));
  // The span of a Haystack tool that failed says nothing of the error; its result does.
  if (tool.failed) {
    const told = failureOf(tool.result, content);
    Object.assign(answer, error?.error_hash === undefined ? { ...told, ...known(error) } : error);
  }
  return { called, answer, callId: tool.id };
}

const known = (error: SpanError | undefined): SpanError =>
  error?.error_type === undefined ? {} : { error_type: error.error_type };

function failureOf(result: unknown, content: Content): SpanError {
  const said = at(parsed(result), "error") ?? result;
  const text = typeof said === "string" ? said : JSON.stringify(said);
  const error: SpanError = { error_type: "Error", error_hash: hashText(text, content.hash) };
  return content.capture === "full" ? { ...error, error_message: text } : error;
}
