import type { Micros } from "./line";

const ZERO = 48;
const MICROS_PER_MINUTE = 60_000_000;

/** Two decimal digits at `at`, or NaN. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Minutes since the epoch of the first 16 characters (`2026-11-20T10:00`), or NaN. */
function parseMinute(text: string): number {
  const separator = text.charCodeAt(10) | 0x20;
  if (text[4] !== "-" || text[7] !== "-" || separator !== 0x74 || text[13] !== ":") return Number.NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  if (!(month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && year >= 1970)) return Number.NaN;
  const midnight = Date.UTC(year, month - 1, day);
  // A day past the end of its month rolls over: not a date.
  if (new Date(midnight).getUTCDate() !== day) return Number.NaN;
  return midnight / 60_000 + hour * 60 + minute;
}

/** How many characters tell the minute. */
const MINUTE_LENGTH = 16;
/** The minute read last, unit by unit, and in minutes since the epoch: neighbouring lines mostly share it. */
const lastUnits: number[] = new Array<number>(MINUTE_LENGTH).fill(0);
let lastMinute = 0;

function minuteOf(text: string): number {
  // Comparing units costs less than `startsWith`, and this is asked for every line.
  let at = MINUTE_LENGTH - 1;
  while (at >= 0 && text.charCodeAt(at) === lastUnits[at]) at--;
  if (at < 0) return lastMinute;
  const minute = parseMinute(text);
  if (Number.isNaN(minute)) return minute;
  lastMinute = minute;
  for (let unit = 0; unit < MINUTE_LENGTH; unit++) lastUnits[unit] = text.charCodeAt(unit);
  return minute;
}

/**
 * Parses an RFC 3339 time with any number of fraction digits (read to the microsecond) and any offset.
 *
 * @returns microseconds since the epoch, or undefined when the text is no such time.
 * @example parseMicros("2026-11-20T10:00:00.123456Z") // 1795168800123456
 */
export function parseMicros(text: string): Micros | undefined {
  if (text.length < 20 || text.length > 40 || text.charCodeAt(16) !== 0x3a) return undefined;
  const minute = minuteOf(text);
  const seconds = twoDigits(text, 17);
  if (!(seconds <= 60) || Number.isNaN(minute)) return undefined;
  const whole = minute * MICROS_PER_MINUTE + seconds * 1_000_000;
  if (text.length === 27 && text.charCodeAt(19) === 0x2e && text.charCodeAt(26) === 0x5a) {
    const micros = twoDigits(text, 20) * 10_000 + twoDigits(text, 22) * 100 + twoDigits(text, 24);
    return Number.isNaN(micros) ? undefined : whole + micros;
  }
  return parseRest(text, whole);
}

/** The fraction and the offset of a time in any other form. */
function parseRest(text: string, whole: Micros): Micros | undefined {
  let at = 19;
  let micros = 0;
  if (text.charCodeAt(at) === 0x2e) {
    const start = at + 1;
    let unit = 100_000;
    for (at = start; at < text.length; at++) {
      const digit = text.charCodeAt(at) - ZERO;
      if (digit < 0 || digit > 9) break;
      micros += digit * unit;
      unit = unit >= 10 ? unit / 10 : 0;
    }
    if (at === start) return undefined;
  }
  const offset = parseOffset(text, at);
  return offset === undefined ? undefined : whole + micros - offset * MICROS_PER_MINUTE;
}

/** Minutes east of UTC written at `at`: `Z` or `+hh:mm`. */
function parseOffset(text: string, at: number): number | undefined {
  const first = text.charCodeAt(at);
  if (first === 0x5a || first === 0x7a) return text.length === at + 1 ? 0 : undefined;
  if ((first !== 0x2b && first !== 0x2d) || text.length !== at + 6 || text[at + 3] !== ":") return undefined;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return undefined;
  return (first === 0x2d ? -1 : 1) * (hours * 60 + minutes);
}

/** Ready-made pieces of times: joining few of them is cheaper than writing digits. */
const SECONDS = Array.from({ length: 60 }, (_, n) => `${String(n).padStart(2, "0")}.`);
const MILLIS = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, "0"));
const MICROS_AND_ZONE = MILLIS.map((digits) => `${digits}Z`);

let lastWrittenMinute = -1;
let lastWrittenText = "";

/** Writes a time as `2026-11-20T10:00:00.123456Z`. */
export function formatMicros(time: Micros): string {
  const minute = Math.floor(time / MICROS_PER_MINUTE);
  if (minute !== lastWrittenMinute) {
    lastWrittenText = new Date(minute * 60_000).toISOString().slice(0, 17);
    lastWrittenMinute = minute;
  }
  const micros = time - minute * MICROS_PER_MINUTE;
  const second = Math.floor(micros / 1_000_000);
  const fraction = micros - second * 1_000_000;
  const millis = Math.floor(fraction / 1000);
  return `${lastWrittenText}${SECONDS[second]}${MILLIS[millis]}${MICROS_AND_ZONE[fraction - millis * 1000]}`;
}

/** Microseconds to whole milliseconds, rounded half up. */
export function microsToMillis(micros: number): number {
  return Math.floor(micros / 1000 + 0.5);
}
