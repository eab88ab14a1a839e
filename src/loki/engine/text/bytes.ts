import { readNumber, type Unreadable } from "./number";

const SIZES: ReadonlyMap<string, number> = new Map(
  ["", "k", "m", "g", "t", "p", "e"].flatMap((prefix, power): [string, number][] => {
    if (power === 0)
      return [
        ["", 1],
        ["b", 1],
      ];
    return [
      [prefix, 1000 ** power],
      [`${prefix}b`, 1000 ** power],
      [`${prefix}i`, 1024 ** power],
      [`${prefix}ib`, 1024 ** power],
    ];
  }),
);

/** An amount of bytes such as `1.5MiB`, `2 kB` or `1,000`. */
export function readBytes(text: string): number | Unreadable {
  const digits = /^[\d.,]*/.exec(text)?.[0] ?? "";
  const amount = readNumber(digits.replaceAll(",", ""));
  if (typeof amount !== "number") return amount;
  const unit = text.slice(digits.length).trim().toLowerCase();
  const size = SIZES.get(unit);
  if (size === undefined) return { problem: `unhandled size name: ${unit}` };
  const total = amount * size;
  return total >= 2 ** 64 ? { problem: `too large: ${text}` } : Math.trunc(total);
}

/**
 * The amount that a filter really compares with: on its way through Loki it is printed with two digits, so that 1.5MiB
 * becomes 1.6 MB.
 */
export function roundedBytes(bytes: number): number {
  if (bytes < 10) return bytes;
  const power = Math.floor(Math.log(bytes) / Math.log(1000));
  const amount = Math.floor((bytes / 1000 ** power) * 10 + 0.5) / 10;
  return Math.trunc(Number(amount.toFixed(amount < 10 ? 1 : 0)) * 1000 ** power);
}
