import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { ViewEnvironment } from "../components/environment";
import { parsePath, pathOf, type ViewLocation } from "../components/environment/location";

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener("hashchange", changed);
  window.addEventListener("popstate", changed);
  return () => {
    window.removeEventListener("hashchange", changed);
    window.removeEventListener("popstate", changed);
  };
};
const hash = (): string => window.location.hash.slice(1);

/** Where the reader is, as the part of the address after `#` tells: it needs nothing of the server. */
export function useAddress(): Pick<ViewEnvironment, "location" | "navigate" | "href"> {
  const address = useSyncExternalStore(subscribe, hash);
  const location = useMemo<ViewLocation>(() => locationOf(address), [address]);
  const navigate = useCallback<ViewEnvironment["navigate"]>((to, { replace = false } = {}) => {
    const url = hrefOf(to);
    if (url === window.location.hash) return;
    if (replace) {
      window.history.replaceState(null, "", url);
      // A replaced address raises no event of its own.
      window.dispatchEvent(new PopStateEvent("popstate"));
    } else window.location.hash = url;
  }, []);
  return { location, navigate, href: hrefOf };
}

const hrefOf = (to: ViewLocation): string => `#/${pathOf(to)}`;

/** Where an address leads; what no view has is kept as `unknown`. */
export function locationOf(address: string): ViewLocation {
  const at = address.indexOf("?");
  const path = at === -1 ? address : address.slice(0, at);
  const search = at === -1 ? "" : address.slice(at + 1);
  return (
    parsePath(path, search) ?? {
      page: "overview",
      params: Object.fromEntries(new URLSearchParams(search)),
      unknown: path,
    }
  );
}
