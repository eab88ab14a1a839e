import { locationUtil } from "@grafana/data";
import { config, locationService } from "@grafana/runtime";
import { useMemo } from "react";
import type { ViewEnvironment, ViewLocation } from "../components/environment";
import { t } from "../components/text";
import { addressOf } from "./address";
import { exploreAddress } from "./explore";
import { APP_ROOT } from "./ids";
import { permissionsOf } from "./permissions";
import type { PageSource } from "./useDatasource";
import { userStore } from "./userStore";

/** The shortest way into a Loki: no shipper in between. */
const SDK_PUSH = `import { Dunetrace } from "dunetrace-grafana";
const dt = new Dunetrace({ loki: { url: "<address of your Loki>" } });`;

const store = userStore(() => window.localStorage);

/** What the views run on within Grafana. */
export function useAppEnvironment(source: PageSource, location: ViewLocation): ViewEnvironment {
  const { timezone, ds } = location.params;
  const addresses = useMemo(() => {
    // A data source that the address names stays named on the way from view to view.
    const kept: Record<string, string> = ds === undefined ? {} : { ds };
    const pathOf = (to: ViewLocation): string =>
      `${APP_ROOT}/${addressOf({ ...to, params: { ...kept, ...to.params } })}`.replace(/\/(?=$|\?)/, "");
    const navigate: ViewEnvironment["navigate"] = (to, { replace = false } = {}) =>
      replace ? locationService.replace(pathOf(to)) : locationService.push(pathOf(to));
    return { navigate, href: (to: ViewLocation) => locationUtil.assureBaseUrl(pathOf(to)) };
  }, [ds]);
  return useMemo(() => {
    const { user } = config.bootData;
    const may = permissionsOf(user);
    const { ask, uid, viewSettings, lokiUid, lokiName } = source;
    const canExplore = lokiUid !== undefined && config.exploreEnabled && may.lines;
    return {
      ...addresses,
      ask,
      now: Date.now,
      location,
      explore: canExplore
        ? (logql, span) => locationUtil.assureBaseUrl(exploreAddress(lokiUid, logql, span))
        : undefined,
      store,
      settings: viewSettings,
      timeZone: timezone ?? (user.timezone || "browser"),
      may,
      source: lokiName ?? "Loki",
      configure: {
        text: t(
          "app.configure",
          "Thresholds, the base selector and the numbers of the views are settings of the data source.",
        ),
        href: locationUtil.assureBaseUrl(`/connections/datasources/edit/${encodeURIComponent(uid)}`),
      },
      firstSteps: {
        text: t(
          "app.first-steps",
          "Ship the lines that your agents write to this Loki with Alloy or Promtail, or let the SDK send them:",
        ),
        command: SDK_PUSH,
      },
    };
  }, [addresses, source, location, timezone]);
}
