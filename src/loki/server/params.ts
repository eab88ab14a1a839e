import { HttpError } from "./httpError";

const SECOND_NS = 1_000_000_000n;
const HOUR_NS = 3600n * SECOND_NS;
/** Lines that a log query answers with when it does not say. */
const DEFAULT_LIMIT = 100;
/** No duration is longer: its nanoseconds have 64 bits. */
const MAX_MS = 2 ** 63 / 1e6;
/** Steps of a range that does not say. */
const DEFAULT_STEPS = 250;

/** Parameters of a request, from its query and its form. */
export class Params {
  constructor(
    readonly values: URLSearchParams,
    /** ns since the epoch. */
    readonly now: bigint,
  ) {}

  text(name: string): string {
    return this.values.get(name) ?? "";
  }

  /** `time`, or now. */
  time(): bigint {
    return this.#timestamp("time", this.now);
  }

  /** `start` and `end`; by default the last hour, or the time of `since` before the end. */
  bounds(): { start: bigint; end: bigint } {
    const since = this.text("since");
    const length = since === "" ? HOUR_NS : durationNs(since);
    if (length === undefined)
      throw new HttpError(
        400,
        `could not parse 'since' parameter: not a valid duration string: ${JSON.stringify(since)}`,
      );
    const end = this.#timestamp("end", this.now);
    const start = this.#timestamp("start", (end > this.now ? this.now : end) - length);
    return { start, end };
  }

  limit(): number {
    const text = this.text("limit");
    if (text === "") return DEFAULT_LIMIT;
    const isNumber = /^[+-]?\d+$/.test(text);
    const limit = Number(text);
    if (!isNumber || Math.abs(limit) >= 2 ** 63) {
      const reason = isNumber ? "value out of range" : "invalid syntax";
      throw new HttpError(400, `strconv.Atoi: parsing ${JSON.stringify(text)}: ${reason}`);
    }
    if (limit <= 0) throw new HttpError(400, "limit must be a positive value");
    return limit;
  }

  direction(): "forward" | "backward" {
    const text = this.text("direction");
    const direction = text.toLowerCase();
    if (direction === "") return "backward";
    if (direction === "forward" || direction === "backward") return direction;
    throw new HttpError(400, `invalid direction '${text}'`);
  }

  /** `step` in ms; by default a 250th of the range in whole seconds, at least one. */
  stepMs(start: bigint, end: bigint): number {
    return this.durationMs("step") ?? Math.max(1, Number((end - start) / SECOND_NS / BigInt(DEFAULT_STEPS))) * 1000;
  }

  /** Seconds, or a duration with units; undefined when it is not there. */
  durationMs(name: string): number | undefined {
    const text = this.text(name);
    if (text === "") return undefined;
    const seconds = text.trim() === "" ? Number.NaN : Number(text);
    const duration = Number.isNaN(seconds) ? durationNs(text) : undefined;
    const ms = duration === undefined ? seconds * 1000 : Number(duration) / 1e6;
    if (Number.isNaN(ms)) throw new HttpError(400, `cannot parse ${JSON.stringify(text)} to a valid duration`);
    if (Math.abs(ms) > MAX_MS) {
      throw new HttpError(400, `cannot parse ${JSON.stringify(text)} to a valid duration. It overflows int64`);
    }
    return ms;
  }

  #timestamp(name: string, absent: bigint): bigint {
    const text = this.text(name);
    if (text === "") return absent;
    const time = parseTimestamp(text);
    if (time !== undefined) return time;
    const what = name === "time" ? "" : `could not parse '${name}' parameter: `;
    throw new HttpError(400, `${what}strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
}

/**
 * A point in time in any of Loki's forms: seconds (up to 10 digits), nanoseconds (more), seconds with a fraction (read
 * to the millisecond), RFC 3339.
 *
 * @returns ns since the epoch, or undefined
 */
export function parseTimestamp(text: string): bigint | undefined {
  if (/^[+-]?\d+$/.test(text)) {
    const number = BigInt(text.replace(/^\+/, ""));
    return text.length <= 10 ? number * SECOND_NS : number;
  }
  if (/^[+-]?\d*\.\d*(?:[eE][+-]?\d+)?$/.test(text) && /\d/.test(text)) {
    const seconds = Number(text);
    const whole = Math.trunc(seconds);
    if (!Number.isFinite(seconds)) return undefined;
    return BigInt(whole) * SECOND_NS + BigInt(Math.round((seconds - whole) * 1000)) * 1_000_000n;
  }
  return parseRfc3339(text);
}

function parseRfc3339(text: string): bigint | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const ms = Date.parse(`${match[1]}${match[3]}`);
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n + BigInt((match[2] ?? "").padEnd(9, "0"));
}

const UNIT_NS: Readonly<Record<string, bigint>> = {
  y: 365n * 24n * HOUR_NS,
  w: 7n * 24n * HOUR_NS,
  d: 24n * HOUR_NS,
  h: HOUR_NS,
  m: 60n * SECOND_NS,
  s: SECOND_NS,
  ms: 1_000_000n,
};

/** A duration such as `15000ms` or `1h30m`, whose units go from large to small. */
export function durationNs(text: string): bigint | undefined {
  if (text === "0") return 0n;
  if (!/^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/.test(text) || text === "")
    return undefined;
  let sum = 0n;
  for (const [, number = "0", unit = ""] of text.matchAll(/(\d+)(ms|[ywdhms])/g)) {
    sum += BigInt(number) * (UNIT_NS[unit] ?? 0n);
  }
  return sum;
}
