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
  // OpenTelemetry GenAI sets it only where the operation failed; on HTTP spans it may be a mere 404.
  if (attributes.has("error.type") && attributes.has("gen_ai.operation.name")) return true;
  if (attributes.get("gen_ai.task.status") === "failure" || attributes.get("hayhooks.success") === false) return true;
  const toolError = attributes.get("haystack.tool.error");
  return toolError === true || toolError === "True" || toolError === "true";
}

/** What Haystack raises around the error of a component or a tool. */
const AROUND: ReadonlySet<string> = new Set([
  "haystack.core.errors.PipelineRuntimeError",
  "haystack.tools.errors.ToolInvocationError",
  // As Hayhooks names them.
  "PipelineRuntimeError",
  "ToolInvocationError",
]);
/** What Python writes between the traceback of an error and that of the one it led to. */
const LED_TO =
  /\n\n(?:The above exception was the direct cause of the following exception|During handling of the above exception, another exception occurred):\n\n/;
const TRACEBACK = "Traceback (most recent call last):\n";

/** The type of the error that others were raised around, from the traceback of the last. */
function causeIn(stack: string | undefined): string | undefined {
  const types = (stack ?? "").split(LED_TO).map((traceback) => {
    if (!traceback.startsWith(TRACEBACK)) return undefined;
    // Frames are indented; the error follows them, and its text may have any number of lines.
    const line = traceback.slice(TRACEBACK.length).split("\n");
    return line.find((text) => text !== "" && !text.startsWith(" "))?.split(":", 1)[0];
  });
  return types.findLast((type) => type !== undefined && IDENTIFIER.test(type) && !AROUND.has(type));
}

/** What went wrong: type as it is, message and stack, which hold content, as a hash. */
export function errorOf(span: Span, content: Content): SpanError {
  const exception = span.events.find(({ name }) => name === "exception")?.attributes;
  const text = (name: string): string | undefined => {
    const value = exception?.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const stack = text("exception.stacktrace");
  const said = nameAt(span, "errorType") ?? text("exception.type");
  const type = said !== undefined && AROUND.has(said) ? (causeIn(stack) ?? said) : said;
  const message = text("exception.message") ?? nameAt(span, "errorMessage") ?? span.statusMessage;
  const error: SpanError = {
    error_type: type !== undefined && IDENTIFIER.test(type) ? cutName(type) : "Error",
    error_hash: hashText(message, content.hash),
  };
  if (content.capture !== "full") return error;
  return { ...error, error_message: message, error_stack: stack };
}
