import { codeOf, type StoreError } from "../storage";

/** Tells that a store takes no lines: once for each cause, and when it takes some again. */
export class RefusedPushes {
  readonly #report: (message: string) => void;
  /** Since lines were last stored. */
  readonly #told = new Set<string>();
  #count = 0;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  refused(error: StoreError): void {
    this.#count += 1;
    // Not the message: it names a file, and those of other hours fail for the same reason.
    const cause = `${error.kind} ${codeOf(error.cause) ?? ""}`;
    if (this.#told.has(cause)) return;
    this.#told.add(cause);
    this.#report(`a push was refused: ${error.message}; said once, until the store writes again`);
  }

  /** Lines of a push were stored. */
  stored(): void {
    if (this.#count === 0) return;
    this.#report(`the store writes again after ${this.#count} refused push${this.#count === 1 ? "" : "es"}`);
    this.#count = 0;
    this.#told.clear();
  }
}
