/** Characters that take no cell (marks, joiners) and those that take two (East Asian wide, emoji). */
const ZERO = /^(?:\p{Mn}|\p{Me}|\u200d|[\ufe00-\ufe0f])$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]$|^[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{1fa70}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences that set colours
const STYLE = /\u001b\[[0-9;]*m/g;
const ASCII = /^[ -~]*$/;

function cellsOf(character: string): number {
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** How many cells of a terminal a text takes; colours take none. */
export function width(text: string): number {
  const plain = text.includes("\u001b") ? text.replace(STYLE, "") : text;
  if (ASCII.test(plain)) return plain.length;
  let cells = 0;
  for (const character of plain) cells += cellsOf(character);
  return cells;
}

/** Cuts plain text (without colours) to so many cells; a cut text ends in `…`. */
export function truncate(text: string, cells: number): string {
  if (width(text) <= cells) return text;
  if (cells <= 0) return "";
  let out = "";
  let used = 0;
  for (const character of text) {
    const next = used + cellsOf(character);
    if (next > cells - 1) break;
    out += character;
    used = next;
  }
  return `${out}…`;
}

/** Cuts out of the middle, where long names differ least: `update_res…_flights`. */
export function truncateMiddle(text: string, cells: number): string {
  if (width(text) <= cells) return text;
  const head = truncate(text, Math.ceil((cells + 1) / 2));
  let tail = "";
  for (const character of [...text].reverse()) {
    if (width(head) + width(tail) + cellsOf(character) > cells) break;
    tail = character + tail;
  }
  return head + tail;
}

/** Cuts a text with colours to so many cells; colours go on to their end. */
export function truncateStyled(text: string, cells: number): string {
  if (width(text) <= cells) return text;
  let out = "";
  let left = Math.max(0, cells - 1);
  let cut = false;
  let at = 0;
  for (const style of text.matchAll(STYLE)) {
    take(text.slice(at, style.index));
    out += style[0];
    at = style.index + style[0].length;
  }
  take(text.slice(at));
  return out;

  function take(plain: string): void {
    for (const character of plain) {
      const size = cellsOf(character);
      if (cut) return;
      if (size > left) {
        cut = true;
        if (cells > 0) out += "…";
        return;
      }
      out += character;
      left -= size;
    }
  }
}

/** Fills up with spaces to so many cells. */
export function pad(text: string, cells: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, cells - width(text)));
  return align === "left" ? text + space : space + text;
}

/** A space at which a line does not break. */
const HARD_SPACE = "\u00a0";
/** A number and its unit stay on one line. */
const UNIT = /(\d) (?=(?:%|ms|s|min|h|d)(?![\w]))/g;

/** Breaks plain text at spaces into lines of at most so many cells; a longer word is broken anywhere. */
export function wrap(text: string, cells: number): string[] {
  return text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph.replace(UNIT, `$1${HARD_SPACE}`), cells));
}

function wrapParagraph(paragraph: string, cells: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of paragraph.split(" ")) {
    if (line !== "" && width(line) + 1 + width(word) > cells) {
      lines.push(line);
      line = "";
    }
    while (width(word) > cells) {
      const head = headOf(word, cells);
      lines.push(head);
      word = word.slice(head.length);
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((wrapped) => wrapped.replaceAll(HARD_SPACE, " "));
}

/** Joins items and breaks the line between them only. */
export function wrapItems(items: readonly string[], separator: string, cells: number): string[] {
  const text = items.map((item) => item.replaceAll(" ", HARD_SPACE)).join(separator);
  return wrap(text, cells).map((line) => line.trim());
}

/** As many leading characters as fit, at least one. */
function headOf(word: string, cells: number): string {
  let head = "";
  let used = 0;
  for (const character of word) {
    used += cellsOf(character);
    if (used > cells && head !== "") break;
    head += character;
  }
  return head;
}
