import { join } from "node:path";
import { findChromium } from "../../scripts/chromium.mjs";
import { run } from "../../scripts/processes.mjs";

const script = (name: string): string => join(import.meta.dirname, "../../scripts", name);

/**
 * Builds what the browser loads: the plugins, and a host page for each generation of React. `HOST_BUILT=1` takes what is
 * there.
 */
export default async function setup(): Promise<void> {
  if (process.env.HOST_BUILT === "1") return;
  if ((await run("node", [script("pluginBuild.mjs"), "--if-stale"])) !== 0) throw new Error("The plugin was not built");
  if (findChromium() === undefined) return;
  if ((await run("node", [script("hostBundle.mjs"), "18", "19"])) !== 0) throw new Error("The host page was not built");
}
