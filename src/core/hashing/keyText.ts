import { quote } from "../wire/quote";

/** Names of arguments repeat from call to call; more or longer ones than these are not worth their memory. */
const MAX_KEYS = 1024;
const MAX_KEY_LENGTH = 64;

const texts = new Map<string, string>();

/** The key of an object with its colon, as JSON: `"query":`. */
export function keyText(key: string): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = `${quote(key)}:`;
  if (texts.size < MAX_KEYS && key.length <= MAX_KEY_LENGTH) texts.set(key, text);
  return text;
}
