import { hashText } from "../../core/hashing";
import { cutName } from "../../core/wire";
import type { Content } from "../../sdk/content";
import type { Span } from "../otlp/span";
import type { SpanError } from "./component";
import { nameAt } from "./lookup";

/** Names of classes and codes; anything else may be content. */
const IDENTIFIER = /^[A-Za-z_$][\w$.:-]{0,127}$|^\d{3}$/;

/** Whether the component failed. Haystack leaves the status of a failed tool unset and says so in an attribute. */
export function hasFailed({ status, attributes }: Span): boolean {
  if (status === "error") return true;
  if (attributes.get("gen_ai.task.status") === "failure" || attributes.get("hayhooks.success") === false) return true;
  const toolError = attributes.get("haystack.tool.error");
  return toolError === true || toolError === "True" || toolError === "true";
}

/** What went wrong: type as it is, message and stack, which hold content, as a hash. */
export function errorOf(span: Span, content: Content): SpanError {
  const exception = span.events.find(({ name }) => name === "exception")?.attributes;
  const text = (name: string): string | undefined => {
    const value = exception?.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const type = nameAt(span, "errorType") ?? text("exception.type");
  const message = text("exception.message") ?? nameAt(span, "errorMessage") ?? span.statusMessage;
  const error: SpanError = {
    error_type: type !== undefined && IDENTIFIER.test(type) ? cutName(type) : "Error",
    error_hash: hashText(message, content.hash),
  };
  if (content.capture !== "full") return error;
  return { ...error, error_message: message, error_stack: text("exception.stacktrace") };
}
