import { formatMicros, type Micros } from "../../core/wire";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const MICROS_PER_SECOND = 1_000_000;
/** From this length on, copying by `set` is faster than byte by byte. */
const COPY_LENGTH = 24;
/** Enough for a label and a number or a name cut to its limit, and to spare. */
const ROOM = 2048;
/** Digits of the fraction of a second. */
const FRACTION = 6;

/** The bytes of a text that is ASCII. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A buffer that is filled from `at` on. Whoever writes makes sure beforehand that there is room. */
export class ByteWriter {
  readonly bytes: Uint8Array;
  readonly #buffer: Buffer;
  /** Where the next byte goes. */
  at = 0;
  #second = -1;
  /** The second of the last time, up to the point before its fraction. */
  #secondBytes = ascii("1970-01-01T00:00:00.");

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#buffer = Buffer.from(this.bytes.buffer);
  }

  /** Bytes that can still be written. */
  get room(): number {
    return this.bytes.length - this.at;
  }

  /** Room for one more name or number with its label. */
  hasRoom(): boolean {
    return this.bytes.length - this.at > ROOM;
  }

  /** Any text as UTF-8. @returns false when there may be no room for it */
  text(text: string): boolean {
    if (text.length * 3 > this.room) return false;
    this.at += this.#buffer.write(text, this.at);
    return true;
  }

  copy(from: Uint8Array): void {
    const { bytes, at } = this;
    const { length } = from;
    if (length >= COPY_LENGTH) bytes.set(from, at);
    else for (let index = 0; index < length; index++) bytes[at + index] = from[index] ?? 0;
    this.at = at + length;
  }

  byte(byte: number): void {
    this.bytes[this.at++] = byte;
  }

  /** @returns false, with nothing of worth written, when the text needs escaping or is not ASCII */
  quoted(text: string): boolean {
    const { bytes } = this;
    let { at } = this;
    bytes[at++] = QUOTE;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === BACKSLASH) return false;
      bytes[at++] = unit;
    }
    bytes[at++] = QUOTE;
    this.at = at;
    return true;
  }

  /** A finite number, as JSON writes it. */
  number(value: number): void {
    if (value >= 0 && value < 1_000_000 && Number.isInteger(value)) this.#digits(value, digitsOf(value));
    else this.#ascii(String(value));
  }

  #digits(value: number, count: number): void {
    const { bytes, at } = this;
    let rest = value;
    for (let index = count - 1; index >= 0; index--) {
      const tens = (rest / 10) | 0;
      bytes[at + index] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.at = at + count;
  }

  #ascii(text: string): void {
    const { bytes, at } = this;
    for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
    this.at = at + text.length;
  }

  /** A time as `2026-11-20T10:00:00.123456`, without the `Z`. */
  time(time: Micros): void {
    const second = Math.floor(time / MICROS_PER_SECOND);
    if (second !== this.#second) {
      this.#secondBytes = ascii(formatMicros(second * MICROS_PER_SECOND).slice(0, -FRACTION - 1));
      this.#second = second;
    }
    this.copy(this.#secondBytes);
    this.#digits(time - second * MICROS_PER_SECOND, FRACTION);
  }
}

function digitsOf(value: number): number {
  if (value < 1000) return value < 10 ? 1 : value < 100 ? 2 : 3;
  return value < 10_000 ? 4 : value < 100_000 ? 5 : 6;
}
