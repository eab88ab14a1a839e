/**
 * Whether a text has all the words that are looked for, in any order and case.
 *
 * @example const matches = finder("web timeout"); rows.filter((row) => matches(row.text))
 */
export function finder(find: string): (text: string) => boolean {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return () => true;
  return (text) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}
