/**
 * Why a store could not be opened or could not take lines: `locked` another process has the folder, `folder` it cannot
 * be used, `write` a file could not be written (disk full …), `full` the newest hour alone fills the allowed size.
 */
export type StoreErrorKind = "locked" | "folder" | "write" | "full";

/** A failure of the store itself; lines that are refused for what they are come back from `push` instead. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(
    readonly kind: StoreErrorKind,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** What was thrown, as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a Node error such as ENOENT, or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
