import { distance } from "fastest-levenshtein";

/** Wrong use or unreadable input: one sentence for the user, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The reader of stdout went away (`dunetrace runs … | head`): stop quietly. */
export class OutputClosedError extends Error {
  override readonly name = "OutputClosedError";
}

/** The known name that is most like the given one, or undefined when none is near (more than half of it would change). */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const lower = candidate.toLowerCase();
    const edits = lower.startsWith(wanted) && wanted !== "" ? 0.5 : distance(wanted, lower);
    if (edits < least && edits <= Math.max(wanted.length, lower.length) / 2) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** ` (did you mean X?)` when a known name is near, else the list of names where that is short, else "". */
export function suggestion(name: string, known: readonly string[]): string {
  const best = nearest(name, known);
  if (best !== undefined) return `; did you mean ${best}?`;
  return known.length > 0 && known.length <= 8 ? `; use one of ${known.join(", ")}` : "";
}

/** What went wrong as text, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a Node error such as ENOENT, or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
