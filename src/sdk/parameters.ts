/** A parameter list without defaults that nest, comments, patterns or strings. */
const LIST = /^(?:async\s+)?(?:function\b\s*)?\*?\s*[\w$]*\s*\(([^(){}[\]"'`/]*)\)/;
const SINGLE = /^(?:async\s+)?([A-Za-z_$][\w$]*)\s*=>/;
const PARAMETER = /^(\.\.\.)?\s*([A-Za-z_$][\w$]*)\s*(?:=.*)?$/s;
/** Minifiers give names this short; they mean nothing and change with every build. */
const MINIFIED_LENGTH = 2;

export interface Parameters {
  readonly names: readonly string[];
  /** The last name takes all further arguments. */
  readonly rest: boolean;
}

const UNKNOWN: Parameters = { names: [], rest: false };

/** The names of a function's parameters where its source shows them plainly; none where it does not. */
export function parametersOf(fn: object): Parameters {
  if (typeof fn !== "function") return UNKNOWN;
  const source = Function.prototype.toString.call(fn);
  const single = SINGLE.exec(source)?.[1];
  const list = single ?? LIST.exec(source)?.[1];
  if (list === undefined || list.trim() === "") return UNKNOWN;
  const names: string[] = [];
  let rest = false;
  for (const part of list.replace(/,\s*$/, "").split(",")) {
    const found = PARAMETER.exec(part.trim());
    if (found?.[2] === undefined) return UNKNOWN;
    names.push(found[2]);
    rest = found[1] !== undefined;
  }
  return names.every((name) => name.length <= MINIFIED_LENGTH) ? UNKNOWN : { names, rest };
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  } catch {
    // A proxy of the application threw.
    return false;
  }
}

/**
 * The arguments of a call as one object, so that equal calls have equal hashes: a single plain object is taken as it is
 * (the named arguments of a tool), anything else by parameter names, or `arg0`, `arg1` … where those are not known.
 */
export function bindArguments({ names, rest }: Parameters, args: readonly unknown[]): unknown {
  if (args.length === 1 && isPlainObject(args[0])) return args[0];
  const bound: Record<string, unknown> = {};
  for (const [index, value] of args.entries()) {
    const name = names[index] ?? `arg${index}`;
    if (rest && index === names.length - 1) {
      bound[name] = args.slice(index);
      break;
    }
    bound[name] = value;
  }
  return bound;
}

/** Names an argument: a parameter, or a key of the first argument where that is an object. A function picks by itself. */
export type InputFrom = string | ((...args: never[]) => unknown);

/** The user's input among the arguments of an agent function: the one named, else the first. */
export function inputOf(from: InputFrom | undefined, { names }: Parameters, args: readonly unknown[]): unknown {
  if (typeof from === "function") return Reflect.apply(from, undefined, args);
  const [first] = args;
  if (from === undefined) return first;
  const index = names.indexOf(from);
  if (index >= 0) return args[index];
  return typeof first === "object" && first !== null ? Reflect.get(first, from) : undefined;
}
