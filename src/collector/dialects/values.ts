import { isRecord } from "../../core/wire";
import { textInRepr } from "./pythonRepr";

/** Longer JSON is not looked into: it costs more time than what is in it is worth. */
const MAX_JSON_LENGTH = 1_000_000;
/** Who speaks, as providers and LangChain call them. */
const ROLES: ReadonlySet<string> = new Set(["user", "human", "system", "developer", "assistant", "ai", "tool"]);
/** How deep a user's text is looked for inside the data a pipeline was given. */
const MAX_DEPTH = 5;

/** What a value holds: JSON in text is parsed; text that is no JSON object or list, such as a Python repr, stays text. */
export function parsed(value: unknown): unknown {
  if (typeof value !== "string" || value.length > MAX_JSON_LENGTH) return value;
  const first = value.trimStart().charAt(0);
  if (first !== "{" && first !== "[") return value;
  try {
    const structure: unknown = JSON.parse(value);
    return structure;
  } catch {
    // Python reprs and cut JSON look like JSON and are text.
    return value;
  }
}

/** The value at a path of keys; undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (!isRecord(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** Elements of a list, also of one sent as JSON; undefined when it is none. */
export function listIn(value: unknown): readonly unknown[] | undefined {
  const found = parsed(value);
  return Array.isArray(found) ? found : undefined;
}

/**
 * The arguments of a call without what frameworks wrap around them: LangChain under OpenLLMetry sends the state of its
 * graph beside them, decorators `{"args": [], "kwargs": {}}`. With the wrapping, equal calls would look different.
 */
export function unwrapArguments(value: unknown): unknown {
  const found = parsed(value);
  if (!isRecord(found)) return value;
  if (Object.hasOwn(found, "input_str") && (Object.hasOwn(found, "inputs") || Object.hasOwn(found, "metadata"))) {
    return isRecord(found.inputs) ? found.inputs : found.input_str;
  }
  const keys = Object.keys(found);
  if (keys.length === 2 && Array.isArray(found.args) && isRecord(found.kwargs)) {
    if (found.args.length === 0) return found.kwargs;
    return Object.keys(found.kwargs).length === 0 ? found.args : found;
  }
  return found;
}

/** The result of a call without what frameworks wrap around it; OpenLLMetry's decorators send text as JSON, in quotes. */
export function unwrapResult(value: unknown): unknown {
  if (typeof value === "string" && /^".*"$/s.test(value)) return unquoted(value);
  const found = parsed(value);
  const content = at(found, "output", "kwargs", "content");
  if (content !== undefined) return content;
  return isRecord(found) && Object.keys(found).length === 1 && typeof found.output === "string" ? found.output : value;
}

function unquoted(text: string): unknown {
  try {
    const inner: unknown = JSON.parse(text);
    return inner;
  } catch {
    return text;
  }
}

/** The text of a message in any of its forms: `content` or `text`, or parts with either. */
export function messageText(message: unknown): string | undefined {
  if (typeof message === "string") return message;
  if (!isRecord(message)) return undefined;
  for (const key of ["text", "content", "parts"]) {
    const value = message[key];
    if (typeof value === "string") return value;
    if (!Array.isArray(value)) continue;
    const texts = value.map(messageText).filter((text) => text !== undefined);
    return texts.join("");
  }
  return undefined;
}

/** What the user said: the last user message of the first conversation, or the first text, whichever comes first. */
export function inputText(value: unknown): string | undefined {
  const found = parsed(unwrapArguments(value));
  return (typeof found === "string" ? textInRepr(found) : undefined) ?? saidIn(found, 0);
}

function saidIn(value: unknown, depth: number): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (depth >= MAX_DEPTH || typeof value !== "object" || value === null) return undefined;
  const messages = listIn(value) ?? listIn(at(value, "messages"));
  const said = messageText(messages?.map(plainMessage).findLast((message) => at(message, "role") === "user"));
  if (said !== undefined && said !== "") return said;
  // The first text in a message is its role, or what it is made by.
  const message = plainMessage(value);
  if (typeof at(message, "role") === "string") return messageText(message);
  for (const item of Object.values(value)) {
    const text = saidIn(item, depth + 1);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A message as role and content: LangChain writes its own as constructors, and takes pairs of role and text. */
function plainMessage(message: unknown): unknown {
  const built = at(message, "lc") === undefined ? undefined : at(message, "kwargs");
  const [first, second]: readonly unknown[] = Array.isArray(message) && message.length === 2 ? message : [];
  const role = built === undefined ? first : at(built, "type");
  if (typeof role !== "string" || !ROLES.has(role)) return message;
  return { role: role === "human" ? "user" : role, content: built === undefined ? second : at(built, "content") };
}
