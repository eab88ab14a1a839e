import type { UserStore } from "../components/environment";

const key = (name: string): string => `dunetrace-page.${name}`;

/** Settings of the reader in the browser; kept for this page alone where the browser keeps nothing. */
class LocalStore implements UserStore {
  readonly #here = new Map<string, string>();

  get(name: string): string | undefined {
    try {
      return window.localStorage.getItem(key(name)) ?? this.#here.get(name);
    } catch {
      // Storage is switched off in this browser.
      return this.#here.get(name);
    }
  }

  set(name: string, value: string | undefined): void {
    if (value === undefined) this.#here.delete(name);
    else this.#here.set(name, value);
    try {
      if (value === undefined) window.localStorage.removeItem(key(name));
      else window.localStorage.setItem(key(name), value);
    } catch {
      // Switched off, or full: the choice holds until the page is closed.
    }
  }
}

export const localStore: UserStore = new LocalStore();
