/** The row that a key leads to from row `from`; undefined for keys that do not move. */
export function rowAfterKey(key: string, from: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const within = (row: number): number => Math.max(0, Math.min(count - 1, row));
  switch (key) {
    case "ArrowDown":
      return within(from + 1);
    case "ArrowUp":
      return within(from - 1);
    case "PageDown":
      return within(from + page);
    case "PageUp":
      return within(from - page);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
