import { parseError } from "../errors";

const PART = /\s*(?:(\.?)\s*([A-Za-z_]\w*)|(\.?)\s*\[\s*(?:"([^"\]]*)["\]]?|(\d+))\s*\])\s*/y;

/**
 * The keys of a path such as `payload.facts["a.b"][0]`; positions in arrays are written `[0]`, as no key with a bracket
 * can be named.
 *
 * @throws QueryError when the text is no path
 */
export function readJsonPath(text: string): string[] {
  const keys: string[] = [];
  let at = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const match = PART.exec(text);
    if (match === null) throw refuse(text, "syntax error");
    const [whole, dot, field, , key, index] = match;
    if (field !== undefined && (dot === "") !== (keys.length === 0)) throw refuse(text, "syntax error");
    keys.push(field ?? (index === undefined ? (key ?? "") : `[${Number(index)}]`));
    at += whole.length;
  }
  if (keys.length === 0) throw refuse(text, "syntax error: unexpected $end");
  return keys;
}

function refuse(text: string, problem: string): Error {
  return parseError(`stage '| json' : cannot parse expression [${text}]: ${problem}`);
}
