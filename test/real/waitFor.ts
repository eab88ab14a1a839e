export interface WaitOptions {
  /** How long to wait at most, ms; default: 15,000. */
  readonly deadlineMs?: number;
  /** Between two looks, ms; default: 50. */
  readonly everyMs?: number;
  /** What is waited for, to end the sentence "waited 15000 ms for …". */
  readonly what: string | (() => string);
}

/**
 * Looks again and again until the condition gives a value, and resolves to that value. `undefined` and `false` mean not
 * yet; what the condition throws ends the waiting.
 *
 * @throws Error when the deadline passes first, with the text of `what` at that moment
 */
export async function waitFor<T>(
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  { deadlineMs = 15_000, everyMs = 50, what }: WaitOptions,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) {
      throw new Error(`Waited ${deadlineMs} ms for ${typeof what === "string" ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
