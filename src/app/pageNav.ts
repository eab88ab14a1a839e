import type { NavModelItem } from "@grafana/data";
import type { ViewLocation } from "../components/environment";
import { t } from "../components/text";

/** What Grafana's breadcrumbs add for a view that the menu does not have. */
export function pageNav({ page, id = "" }: ViewLocation): NavModelItem | undefined {
  switch (page) {
    case "run":
      return { text: t("app.nav.run", "Run {{id}}", { id: id.slice(0, 8) }) };
    case "agent":
      return { text: id };
    case "compare":
      return { text: t("app.nav.compare", "Compare two runs") };
    case "configuration":
      return { text: t("app.nav.configuration", "Configuration") };
    default:
      return undefined;
  }
}
