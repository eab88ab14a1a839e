import { spawn } from "node:child_process";

/** What opens an address on the desktop of this machine; undefined where there is none to be seen. */
function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] | undefined {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  const hasDesktop = (env.DISPLAY ?? env.WAYLAND_DISPLAY ?? "") !== "";
  return hasDesktop ? ["xdg-open"] : undefined;
}

/** Shows an address in the browser of the desktop. A browser that does not open is no failure: the address is printed. */
export function openBrowser(url: string): boolean {
  const [program, ...args] = openerOf(process.platform, process.env) ?? [];
  if (program === undefined) return false;
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
  return true;
}
