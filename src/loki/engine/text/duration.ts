import type { Unreadable } from "./number";

/** Nanoseconds of the units of Go. */
const GO_UNITS: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["us", 1e3],
  ["µs", 1e3],
  ["μs", 1e3],
  ["ms", 1e6],
  ["s", 1e9],
  ["m", 6e10],
  ["h", 3.6e12],
]);

/** A duration in the syntax of Go (`1h30m`, `1.5s`, `0`), nanoseconds. */
export function readGoDuration(text: string): number | Unreadable {
  const invalid = { problem: `time: invalid duration ${JSON.stringify(text)}` };
  const signed = /^[+-]/.test(text);
  let rest = signed ? text.slice(1) : text;
  if (rest === "0") return 0;
  if (rest === "") return invalid;
  let total = 0;
  while (rest !== "") {
    const part = /^(\d*)(\.\d*)?/.exec(rest);
    const [matched = "", whole = "", fraction = ""] = part ?? [];
    if (whole === "" && fraction.length < 2) return invalid;
    rest = rest.slice(matched.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? "";
    if (unit === "") return { problem: `time: missing unit in duration ${JSON.stringify(text)}` };
    const size = GO_UNITS.get(unit);
    if (size === undefined) {
      return { problem: `time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}` };
    }
    total += Number(`${whole === "" ? "0" : whole}${fraction === "." ? "" : fraction}`) * size;
    rest = rest.slice(unit.length);
  }
  if (total > 2 ** 63) return invalid;
  return text.startsWith("-") ? -total : total;
}

const PROMETHEUS = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const PROMETHEUS_NS = [
  31_536_000_000_000_000n,
  604_800_000_000_000n,
  86_400_000_000_000n,
  3_600_000_000_000n,
  60_000_000_000n,
  1_000_000_000n,
  1_000_000n,
] as const;

/** A duration in the syntax of Prometheus (`7d`, `1h30m`: whole numbers, largest unit first), nanoseconds. */
export function readPrometheusDuration(text: string): bigint | Unreadable {
  if (text === "") return { problem: "empty duration string" };
  if (text === "0") return 0n;
  const match = PROMETHEUS.exec(text);
  if (match === null) return { problem: `not a valid duration string: ${JSON.stringify(text)}` };
  let total = 0n;
  for (const [index, size] of PROMETHEUS_NS.entries()) total += BigInt(match[index + 1] ?? "0") * size;
  if (total >= 2n ** 63n) return { problem: "duration out of range" };
  return total;
}

/** A duration as LogQL writes it in filters and offsets: of Prometheus, or else of Go; nanoseconds. */
export function readLogqlDuration(text: string): bigint | undefined {
  const prometheus = readPrometheusDuration(text);
  if (typeof prometheus === "bigint") return prometheus;
  const go = readGoDuration(text);
  return typeof go === "number" ? BigInt(Math.trunc(go)) : undefined;
}
