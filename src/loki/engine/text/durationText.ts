const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

/** Nanoseconds as Go prints a duration: `750h0m0s`, `1m30s`, `1.5s`. */
export function goDuration(ns: bigint): string {
  if (ns < 0n) return `-${goDuration(-ns)}`;
  if (ns === 0n) return "0s";
  if (ns < SECOND) {
    if (ns < 1000n) return `${ns}ns`;
    if (ns < 1_000_000n) return `${Number(ns) / 1e3}µs`;
    return `${Number(ns) / 1e6}ms`;
  }
  const fraction = (ns % SECOND).toString().padStart(9, "0").replace(/0+$/, "");
  const seconds = `${(ns % MINUTE) / SECOND}${fraction === "" ? "" : `.${fraction}`}s`;
  if (ns < MINUTE) return seconds;
  const minutes = `${(ns % HOUR) / MINUTE}m${seconds}`;
  return ns < HOUR ? minutes : `${ns / HOUR}h${minutes}`;
}

const UNITS: readonly (readonly [string, bigint, boolean])[] = [
  ["y", 365n * DAY, true],
  ["w", 7n * DAY, true],
  ["d", DAY, false],
  ["h", HOUR, false],
  ["m", MINUTE, false],
  ["s", SECOND, false],
  ["ms", 1_000_000n, false],
];

/** Nanoseconds as Prometheus prints a duration: `30d1h`; years and weeks only where they divide it. */
export function prometheusDuration(ns: bigint): string {
  let rest = ns;
  let text = "";
  for (const [unit, size, exact] of UNITS) {
    if (rest < size || (exact && rest % size !== 0n)) continue;
    text += `${rest / size}${unit}`;
    rest %= size;
  }
  return text === "" ? "0s" : text;
}
