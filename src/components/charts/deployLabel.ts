import type { Payloads } from "../../core/wire";
import { t } from "../text";

const SHORT = 12;
/** What the collector writes where spans name no version. */
const UNKNOWN = "unknown";

/** `3f2a91bc`; what happened, where a pipeline was taken out of service or could not be put into it. */
export function deployLabel({ version, meta }: Payloads["deploy.marker"]): string {
  if (meta?.action === "undeploy") return t("charts.undeployedOne", "undeployed");
  if (meta?.success === false) return t("charts.deployedFailed", "deployment failed");
  return version === UNKNOWN ? t("charts.deployedOne", "deployed") : version.slice(0, SHORT);
}
