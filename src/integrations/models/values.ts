export type Fields = Readonly<Record<string, unknown>>;

export type Callable = (...args: unknown[]) => unknown;

export function isCallable(value: unknown): value is Callable {
  return typeof value === "function";
}

/** Any object, functions and classes included. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** A property of any value; undefined where there is none or reading it throws. */
export function property(value: unknown, key: PropertyKey): unknown {
  if (!isObject(value)) return undefined;
  try {
    return Reflect.get(value, key);
  } catch {
    // A getter or proxy of the application threw: the value is unknown.
    return undefined;
  }
}

/** A property along a path such as `Chat.Completions`. */
export function propertyAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(property, value);
}
