// @ts-check
import { existsSync } from "node:fs";

/** Where Debian, Ubuntu and Chrome's own packages put it. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** @returns {string | undefined} the Chromium that tests and pictures use: that of CHROMIUM, else an installed one */
export function findChromium() {
  return [process.env.CHROMIUM ?? "", ...PLACES].find((file) => file !== "" && existsSync(file));
}
