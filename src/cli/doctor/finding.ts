/** How a check went; `unknown` when what it needs is not there. */
export type FindingStatus = "ok" | "warning" | "failure" | "unknown";

/** What one check of `dunetrace doctor` says. */
export interface Finding {
  /** A short stable name for programs, such as `last_line`. */
  readonly check: string;
  readonly status: FindingStatus;
  /** One sentence: what was seen. */
  readonly text: string;
  /** What to do about it; absent when all is well. */
  readonly next?: string;
}

export const ok = (check: string, text: string): Finding => ({ check, status: "ok", text });
export const unknown = (check: string, text: string, next: string): Finding => ({
  check,
  status: "unknown",
  text,
  next,
});
export const warning = (check: string, text: string, next: string): Finding => ({
  check,
  status: "warning",
  text,
  next,
});
export const failure = (check: string, text: string, next: string): Finding => ({
  check,
  status: "failure",
  text,
  next,
});
