import { isRecord } from "../../core/wire";

/** A part of a path that looks like one of a program: a word, or a version such as `v1`. */
const WORD = /^[A-Za-z_][A-Za-z_.-]{0,39}\d{0,2}$/;
/** No part at all. */
const NOTHING = /^\b$/;
/** Stands for a part of a path that may be content. */
const UNKNOWN_PART = ":part";

/**
 * Follows the route of an Express request. Express tells where a router is mounted only as it was requested
 * (`req.baseUrl`), with the values of its parameters. When it sets that, `req.params` are those of the mount: the pattern
 * can be told then, and never later.
 *
 * @returns a function that tells the pattern of the last route that matched, such as `/users/:id/chats/:chat`
 */
export function watchRoute(req: object): () => string | undefined {
  const patterns = new Map<string, string>();
  let base = textOf(Reflect.get(req, "baseUrl"));
  // How the routers around this one are mounted is not known any more.
  patterns.set(base, masked(base, undefined, NOTHING));
  let route: unknown = Reflect.get(req, "route");
  let found: string | undefined;
  Object.defineProperty(req, "baseUrl", {
    configurable: true,
    enumerable: true,
    get: () => base,
    set(value: unknown) {
      const next = textOf(value);
      if (next.length > base.length && next.startsWith(base)) {
        patterns.set(
          next,
          (patterns.get(base) ?? "") + masked(next.slice(base.length), Reflect.get(req, "params"), WORD),
        );
      }
      base = next;
    },
  });
  Object.defineProperty(req, "route", {
    configurable: true,
    enumerable: true,
    get: () => route,
    set(value: unknown) {
      route = value;
      found = `${patterns.get(base) ?? ""}${pathOf(value)}`;
    },
  });
  return () => found;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The path of a route as the program gave it: a text, a regular expression, or a list of them. */
function pathOf(route: unknown): string {
  const path: unknown = isRecord(route) ? route.path : undefined;
  const one = (item: unknown): string => (typeof item === "string" || item instanceof RegExp ? String(item) : "");
  return Array.isArray(path) ? path.map(one).join("|") : one(path);
}

/**
 * A part of the requested path with the values of parameters replaced by their names, and everything else but the parts
 * that look plain masked.
 */
function masked(path: string, params: unknown, plain: RegExp): string {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(isRecord(params) ? params : {})) {
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text === "string") names.set(text, Number.isNaN(Number(name)) ? `:${name}` : UNKNOWN_PART);
    }
  }
  const mask = (part: string): string => {
    if (part === "") return part;
    return names.get(decoded(part)) ?? (plain.test(part) ? part : UNKNOWN_PART);
  };
  return path.split("/").map(mask).join("/");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not percent-encoded: Express compares it as it is.
    return part;
  }
}
