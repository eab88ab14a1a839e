import { readFileSync } from "node:fs";
import { errorText } from "./errors";
import { OptionsError } from "./optionValues";

/** How the content of a file is named in messages, with what named the file. */
export function sourceOf(path: string, place: string): string {
  return `${path} (${place.charAt(0).toLowerCase()}${place.slice(1)})`;
}

/**
 * Reads and parses a file that an option or an environment variable names.
 *
 * @param place what names it, at the start of a sentence
 * @param format of the file, for messages
 * @throws OptionsError naming the place, the file and what is wrong with it
 */
export function readDocument(path: string, place: string, format: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    // Parsers go on with a copy of the text.
    const [reason = ""] = errorText(error).split("\n");
    throw new OptionsError(
      `${place} names ${path}, which cannot be read as ${format}: ${reason.replace(/[.:]$/, "")}. Mend the file, or name another.`,
    );
  }
}
