import type { UserStore } from "../components/environment";
import { APP_ID } from "./ids";

/** What one browser remembers for the views, below names of our own. */
export function userStore(storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">): UserStore {
  const named = (key: string): string => `${APP_ID}.${key}`;
  return {
    get(key) {
      try {
        return storage().getItem(named(key)) ?? undefined;
      } catch {
        // A browser that keeps nothing: every visit is the first.
        return undefined;
      }
    },
    set(key, value) {
      try {
        if (value === undefined) storage().removeItem(named(key));
        else storage().setItem(named(key), value);
      } catch {
        // Full, or forbidden: the choice lasts as long as the page.
      }
    },
  };
}
