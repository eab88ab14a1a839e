/** A value that could not be read, with the text that Loki puts into `__error_details__`. */
export interface Unreadable {
  readonly problem: string;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

/** A number in the syntax of Go's ParseFloat: decimal, hexadecimal with exponent, `Inf`, `NaN`; no surrounding space. */
export function readNumber(text: string): number | Unreadable {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : problem(text, "value out of range");
  }
  const infinity = INFINITY.exec(text);
  if (infinity !== null) return infinity[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (text.toLowerCase() === "nan") return Number.NaN;
  const hexadecimal = HEXADECIMAL.exec(text);
  if (hexadecimal !== null) {
    const [, sign, whole = "", fraction = "", exponent] = hexadecimal;
    if (whole !== "" || fraction !== "") {
      const digits = Number.parseInt(`${whole}${fraction}`, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
      return sign === "-" ? -digits : digits;
    }
  }
  return problem(text, "invalid syntax");
}

function problem(text: string, what: string): Unreadable {
  return { problem: `strconv.ParseFloat: parsing ${JSON.stringify(text)}: ${what}` };
}
