import { contentText } from "../langchain/answer";
import { property } from "../models/values";
import { listAt, parsed, textAt, valueAt } from "./lookup";
import type { SpanView } from "./span";

/** The text of a message: its content, or its text parts as OpenTelemetry writes them. */
function messageText(message: unknown): string | undefined {
  const parts = property(message, "parts");
  if (!Array.isArray(parts)) return contentText(property(message, "content"));
  return parts.map((part) => String(property(part, "content") ?? property(part, "text") ?? "")).join("");
}

/** What a person asked: a text, or the last message of a person among those of a request. */
export function askedOf(value: unknown): unknown {
  const given = parsed(value);
  if (typeof given === "string" || given === undefined) return given;
  const prompt = property(given, "prompt");
  if (typeof prompt === "string") return prompt;
  const messages = Array.isArray(given) ? given : property(given, "messages");
  if (!Array.isArray(messages)) return given;
  const asked = messages.findLast((message) => property(message, "role") === "user");
  return asked === undefined ? given : (messageText(asked) ?? given);
}

/** The text of a model's answer, where the span has it. */
export function outputOf(span: SpanView): string | undefined {
  const messages = listAt(span, "outputMessages");
  if (messages !== undefined) return messages.map((message) => messageText(message) ?? "").join("");
  return textAt(span, "outputText");
}

/** How many tools a model asked for, where the span says it. */
export function toolCallsOf(span: SpanView): number | undefined {
  const listed = listAt(span, "outputToolCalls");
  if (listed !== undefined) return listed.length;
  const parts = listAt(span, "outputMessages")?.flatMap((message): unknown[] => {
    const found = property(message, "parts");
    return Array.isArray(found) ? found : [];
  });
  return parts?.filter((part) => property(part, "type") === "tool_call").length;
}

/** A tool's arguments without what tracers wrap around them, so that equal calls have equal hashes. */
export function argumentsOf(span: SpanView): unknown {
  const given = parsed(valueAt(span, "toolArguments"));
  const inputs = property(given, "inputs");
  if (inputs !== undefined && property(given, "metadata") !== undefined) return inputs;
  const [args, kwargs] = [property(given, "args"), property(given, "kwargs")];
  if (!Array.isArray(args) || kwargs === undefined) return given;
  return args.length === 0 ? kwargs : args;
}
