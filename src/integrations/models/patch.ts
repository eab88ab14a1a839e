import { watchBelowCalls } from "../../sdk/belowCall";
import { type Callable, isCallable, isObject } from "./values";

/** What was patched, and the way back. */
export interface Instrumentation {
  /** What this call patched, such as `openai.responses`; empty when it was patched before. */
  readonly patched: readonly string[];
  /** Undoes what this call patched; calls that go on are told to their end. A second time it does nothing. */
  unpatch(): void;
}

/** Known to all copies of this package in one process, such as its ESM and its CJS build. */
const PATCHED = Symbol.for("dunetrace.patched.1");

/** Stands in for a call of the original, which it makes itself. */
export type Around = (original: Callable, self: unknown, args: unknown[]) => unknown;

/**
 * Replaces a method by one that goes through `around`. Name, length and properties of the method stay. When somebody
 * else has patched over it meanwhile, the way back leaves their patch in place and only switches this one off.
 *
 * @returns the way back; undefined when it is patched already or cannot be
 */
export function patchMethod(holder: unknown, name: string, around: Around): (() => void) | undefined {
  if (!isObject(holder)) return undefined;
  const marks = Object.getOwnPropertyDescriptor(holder, PATCHED)?.value;
  if (marks instanceof Set && marks.has(name)) return undefined;
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  const original: unknown = descriptor?.value;
  if (descriptor?.configurable !== true || !isCallable(original) || !Object.isExtensible(holder)) return undefined;

  let active = true;
  const patched = new Proxy(original, {
    apply: (target, self: unknown, args: unknown[]): unknown =>
      active ? around(target, self, args) : Reflect.apply(target, self, args),
  });
  Object.defineProperty(holder, name, { ...descriptor, value: patched });
  const names = marks instanceof Set ? marks : new Set<string>();
  names.add(name);
  Object.defineProperty(holder, PATCHED, { value: names, enumerable: false, configurable: true });

  return () => {
    if (!active) return;
    active = false;
    names.delete(name);
    const now = Object.getOwnPropertyDescriptor(holder, name);
    if (now?.value === patched) Object.defineProperty(holder, name, descriptor);
  };
}

/** One way back for many. */
export function instrumentation(
  found: readonly (readonly [name: string, undo: (() => void) | undefined])[],
): Instrumentation {
  const done = found.filter(([, undo]) => undo !== undefined);
  if (done.length > 0) watchBelowCalls();
  return {
    patched: done.map(([name]) => name),
    unpatch: () => {
      for (const [, undo] of done) undo?.();
    },
  };
}
