import fc from "fast-check";

const NASTY = [
  '"} | json',
  "`} |= `",
  '"',
  "\\",
  "\\\\",
  '\\"',
  "`",
  "{}",
  "\n",
  "\r\n",
  "\u0000",
  "\u0007",
  "\ufeff",
  "\u2028",
  ".*",
  "(?i)",
  "a|b",
  "[^a]",
  "^$",
  "\\E\\Q",
  "{{.x}}",
  "%",
  "é",
  "😀",
  "\ud800",
  "\udc00",
  "# x",
  "/* */",
  "",
  "__proto__",
  "$__interval",
  "[5m]",
] as const;

/** Test support: text as somebody would write it to break out of a query. */
export function hostileText(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.string({ maxLength: 6 }),
  );
  return fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
}
