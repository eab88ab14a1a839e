// @ts-check
// `npm run screenshots`: pictures of every view of the local page, light and dark, wide and narrow, with demo data, without
// any, with a store that fails and with 10,000 runs. They go to .cache/screenshots; `-- --docs` also writes those that the
// documents show to docs/images.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";
import { ensureLibrary } from "./library.mjs";
import { ROOT } from "./processes.mjs";

const CLI = `${ROOT}lib/cli.mjs`;
const OUT = `${ROOT}.cache/screenshots`;
const DOCS = `${ROOT}docs/images`;
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 400, height: 860 } };
const THEMES = /** @type {const} */ (["light", "dark"]);
/** Views by the name of their picture. */
const VIEWS = {
  overview: "",
  runs: "runs",
  signals: "signals",
  agents: "agents",
  detectors: "detectors?detector=TOOL_LOOP",
  configuration: "configuration",
};

/**
 * `dunetrace dev` on a free port.
 *
 * @param {readonly string[] | undefined} demo arguments of the demo that is piped in; undefined leaves the store empty
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
async function serve(demo) {
  const dev = spawn(process.execPath, [CLI, "dev", ...(demo ? ["-"] : []), "--listen", "127.0.0.1:0", "--plain"], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  /** @type {Promise<string>} */
  const url = new Promise((resolve, reject) => {
    let said = "";
    dev.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      said += text;
      const found = /Page on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    dev.once("exit", () => reject(new Error(`dunetrace dev ended: ${said}`)));
  });
  if (demo) {
    const agents = spawn(process.execPath, [CLI, "demo", ...demo], { stdio: ["ignore", "pipe", "ignore"] });
    agents.stdout.pipe(dev.stdin, { end: false });
    await once(agents, "exit");
  }
  const address = await url;
  const stop = async () => {
    dev.kill("SIGINT");
    await once(dev, "exit");
  };
  return { url: address, stop };
}

/**
 * The page of a server whose store answers nothing but 503.
 *
 * @param {string} url of a server that works
 */
async function failing(url) {
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith("/loki/")) {
      response.writeHead(503).end("too many outstanding requests");
      return;
    }
    const answer = await fetch(new URL(request.url ?? "/", url));
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/`, stop: async () => void server.close() };
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {string} name of the data
 * @param {Readonly<Record<string, string>>} views
 */
async function picture(browser, url, name, views) {
  for (const theme of THEMES) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      const page = await browser.newPage({ viewport, colorScheme: theme });
      for (const [view, at] of Object.entries(views)) {
        // Below what happened in a run is its timeline.
        await page.setViewportSize({ ...viewport, height: view === "run" ? 1300 : viewport.height });
        await page.goto(`${url}#/${at}${at.includes("?") ? "&" : "?"}theme=${theme}`);
        await page.locator('[data-testid="state-loading"]').first().waitFor({ state: "detached", timeout: 20_000 });
        // Answers that follow the first, and Grafana's icons.
        await page.waitForTimeout(1200);
        await page.screenshot({ path: `${OUT}/${name}-${view}-${theme}-${size}.png` });
      }
      await page.close();
    }
  }
}

/**
 * The run that the documents show: the one with the worst loop.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 */
async function loopingRun(browser, url) {
  const page = await browser.newPage({ viewport: SIZES.wide });
  await page.goto(`${url}#/signals?type=TOOL_LOOP&severity=CRITICAL&view=flat`);
  const link = page.locator('a[href*="/runs/"]').first();
  await link.waitFor();
  const href = (await link.getAttribute("href")) ?? "";
  await page.close();
  return href.replace(/^#\//, "");
}

if (!(await ensureLibrary())) process.exit(1);
const executablePath = findChromium();
if (executablePath === undefined) {
  console.error("There is no Chromium: install the package chromium, or name one by CHROMIUM.");
  process.exit(1);
}
mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const full = await serve(["--runs", "400", "--seed", "3"]);
  const run = await loopingRun(browser, full.url);
  await picture(browser, full.url, "demo", { ...VIEWS, run });
  const away = await failing(full.url);
  await picture(browser, away.url, "failing", VIEWS);
  await away.stop();
  await full.stop();
  const empty = await serve(undefined);
  await picture(browser, empty.url, "empty", VIEWS);
  await empty.stop();
  if (!process.argv.includes("--docs")) {
    const many = await serve(["--runs", "10000", "--seed", "5"]);
    await picture(browser, many.url, "many", VIEWS);
    await many.stop();
  } else {
    mkdirSync(DOCS, { recursive: true });
    for (const view of [...Object.keys(VIEWS), "run"]) {
      for (const theme of THEMES)
        copyFileSync(`${OUT}/demo-${view}-${theme}-wide.png`, path.join(DOCS, `${view}-${theme}.png`));
    }
  }
} finally {
  await browser.close();
}
console.log(`Pictures are in ${OUT}`);
