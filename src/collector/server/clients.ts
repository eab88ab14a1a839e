import { isIPv4, isIPv6 } from "node:net";
import type { Context } from "hono";
import { isRecord } from "../../core/wire";

/**
 * Whose request it is, by address. Whoever has an IPv6 address has 2^64 of them: the network stands for all of them.
 * Requests that came over no connection, as in tests, are of one client.
 */
export function clientOf(c: Context): string {
  const env: unknown = c.env;
  const address = isRecord(env) && typeof env.client === "string" ? env.client : "";
  return networkOf(address);
}

/** `2001:db8:0:1` of `2001:db8::1:2:3:4:5`, and IPv4 as it is, also where it is written as IPv6. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/i, "");
  if (isIPv4(plain) || !isIPv6(address)) return plain;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  if (tail === undefined) return first.slice(0, 4).join(":");
  const last = tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => "0");
  return [...first, ...zeros, ...last].slice(0, 4).join(":");
}
