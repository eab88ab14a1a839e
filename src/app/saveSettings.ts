import type { PluginMeta } from "@grafana/data";
import { getBackendSrv } from "@grafana/runtime";
import { lastValueFrom } from "rxjs";
import { APP_ID } from "./ids";
import type { AppSettings } from "./settings";

/** What Grafana stores of the app: every call replaces all of it. */
interface Stored {
  readonly enabled: boolean;
  readonly pinned: boolean;
  readonly jsonData: AppSettings;
}

/**
 * Stores settings of the app and loads the page anew, because Grafana reads them at its start.
 *
 * @throws what Grafana answers where it refuses
 */
export async function saveSettings(meta: PluginMeta<AppSettings>, changes: Partial<Stored>): Promise<void> {
  const data: Stored = {
    enabled: meta.enabled ?? false,
    pinned: meta.pinned ?? false,
    jsonData: meta.jsonData ?? {},
    ...changes,
  };
  await lastValueFrom(getBackendSrv().fetch({ url: `/api/plugins/${APP_ID}/settings`, method: "POST", data }));
  window.location.reload();
}
