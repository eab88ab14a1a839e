const LITERAL = `('(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*")`;
/** What a user said in one of Haystack's messages. */
const SAID = new RegExp(`ChatRole\\.USER: 'user'>, _content=\\[TextContent\\(text=${LITERAL}`, "gsu");
/** A text that is the value of a key. */
const VALUE = new RegExp(`: ${LITERAL}`, "su");
const ESCAPE = /\\(x[\da-f]{2}|u[\da-f]{4}|.)/gsu;
const CONTROL: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/**
 * What a user said in the data of a pipeline that was sent as Python prints it: that is how Haystack sends what is no JSON,
 * such as the function a streamed answer is passed to, with its address, which makes equal data differ.
 *
 * @returns undefined where the text is no such data, or holds no text
 */
export function textInRepr(repr: string): string | undefined {
  if (!/^[{[]/u.test(repr)) return undefined;
  const said = [...repr.matchAll(SAID)].at(-1)?.[1] ?? VALUE.exec(repr)?.[1];
  return said === undefined || said.length === 2 ? undefined : said.slice(1, -1).replace(ESCAPE, unescaped);
}

function unescaped(_: string, code: string): string {
  return code.length === 1 ? (CONTROL[code] ?? code) : String.fromCharCode(Number.parseInt(code.slice(1), 16));
}
