import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "../real";
import { provisioned } from "./committed";

/** The committed configuration of the Alertmanager, with the addresses of this test in the files that it reads. */
export function alertmanagerConfig(webhookUrl: string): string {
  const folder = temporaryFolder("addresses");
  const named = (name: string, url: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, url);
    return file;
  };
  return provisioned("alertmanager/alertmanager.yaml")
    .replace("/etc/alertmanager/webhook-url", named("webhook-url", webhookUrl))
    .replace("/etc/alertmanager/slack-webhook-url", named("slack-webhook-url", `${webhookUrl}slack`));
}
