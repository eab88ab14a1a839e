import { locationUtil } from "@grafana/data";
import { locationService } from "@grafana/runtime";
import { useMemo, useSyncExternalStore } from "react";
import type { ViewLocation } from "../components/environment";
import { parseAddress } from "./address";
import { APP_ROOT } from "./ids";

const subscribe = (changed: () => void): (() => void) => locationService.getHistory().listen(changed);

/** The path as the browser has it, where Grafana's router only has it decoded. */
function current(): string {
  const { pathname, search } = locationService.getLocation();
  const exact = locationUtil.stripBaseFromUrl(window.location.pathname);
  return `${sameDecoded(exact, pathname) ? exact : pathname}${search}`;
}

function sameDecoded(exact: string, decoded: string): boolean {
  try {
    return decodeURI(exact) === decoded;
  } catch {
    // A lone % in a hand-written address: as the router reads it.
    return false;
  }
}

/** Where the reader is within the app; the overview where no view has the address. */
export function useAddress(): ViewLocation {
  const address = useSyncExternalStore(subscribe, current);
  return useMemo(() => {
    const [, path = "", search = ""] = /^([^?]*)\??(.*)$/s.exec(address) ?? [];
    const below = path.startsWith(APP_ROOT) ? path.slice(APP_ROOT.length) : "";
    return parseAddress(below, search) ?? { page: "overview", params: {} };
  }, [address]);
}
