/** What is thrown when the caller gave up: by the platform, and by the clients of OpenAI and Anthropic. */
const ABORTS: ReadonlySet<string> = new Set(["AbortError", "APIUserAbortError"]);

/** What is told of a thrown value; the message and the stack never leave the process unless capture is full. */
export interface ThrownValue {
  /** Class of the error, or its code where the class says nothing. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** The work was cancelled on purpose, such as by an AbortSignal. */
  readonly aborted: boolean;
}

/** Names of classes and codes; anything else may be content. */
const IDENTIFIER = /^[A-Za-z_$][\w$.:-]{0,127}$/;
/** Names that say nothing beyond "an error": then a code says more. */
const PLAIN = "Error";

function read(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    // A getter of the application threw: the value is unknown.
    return undefined;
  }
}

function readText(value: object, key: string): string | undefined {
  const found = read(value, key);
  return typeof found === "string" ? found : undefined;
}

/** The text of any thrown value; never throws itself. */
export function errorText(error: unknown): string {
  if (typeof error === "object" && error !== null) {
    const message = readText(error, "message");
    if (message !== undefined) return message;
  }
  try {
    return String(error);
  } catch {
    // An object without a usable toString.
    return "unknown error";
  }
}

function typeOf(error: object): string {
  const name = readText(error, "name");
  if (name !== undefined && name !== PLAIN && IDENTIFIER.test(name)) return name;
  const maker = read(error, "constructor");
  if (typeof maker === "function" && maker.name !== PLAIN && maker.name !== "Object" && IDENTIFIER.test(maker.name)) {
    return maker.name;
  }
  const code = readText(error, "code");
  return code !== undefined && IDENTIFIER.test(code) ? code : PLAIN;
}

/** Reads a thrown value, whatever it is: errors, strings, objects with getters that throw. */
export function describeThrown(error: unknown): ThrownValue {
  if (typeof error !== "object" || error === null) {
    return {
      type: error === null ? "null" : typeof error,
      message: errorText(error),
      stack: undefined,
      aborted: false,
    };
  }
  const type = typeOf(error);
  return { type, message: errorText(error), stack: readText(error, "stack"), aborted: ABORTS.has(type) };
}
