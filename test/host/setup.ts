import { join } from "node:path";
import { run } from "../../scripts/processes.mjs";
import { browserFile } from "./driver";

const script = (name: string): string => join(import.meta.dirname, "../../scripts", name);

/**
 * Builds what the browser loads: the plugins, and a host page for each generation of React. `HOST_BUILT=1` takes what is
 * there.
 */
export default async function setup(): Promise<void> {
  if (browserFile() === undefined || process.env.HOST_BUILT === "1") return;
  if ((await run("node", [script("pluginBuild.mjs"), "--if-stale"])) !== 0) throw new Error("The plugin was not built");
  if ((await run("node", [script("hostBundle.mjs"), "18", "19"])) !== 0) throw new Error("The host page was not built");
}
