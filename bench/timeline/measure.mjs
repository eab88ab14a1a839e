// @ts-check
// Measures the timeline with a run of 10,000 steps in Chromium: `node bench/timeline/measure.mjs [steps]`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import { bigRun } from "./bigRun.mjs";
import { PAGE } from "./entry.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const STEPS = Number(process.argv[2] ?? 10_000);
const ENTRY = "measured-timeline";

/** @returns {import("vite").Plugin} */
const entry = () => ({
  name: "timeline-entry",
  enforce: "pre",
  resolveId: (id) => {
    if (id.endsWith(ENTRY)) return `${resolve("bench/timeline")}/virtual.js`;
    return id.startsWith("/src/") ? resolve(`.${id}`) : undefined;
  },
  load: (id) => (id.endsWith("bench/timeline/virtual.js") ? PAGE : undefined),
});

/** @param {string} folder */
async function bundle(folder) {
  await build({
    configFile: false,
    logLevel: "error",
    plugins: [entry()],
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2022",
      lib: { entry: ENTRY, formats: ["es"], fileName: () => "page.js" },
      chunkSizeWarningLimit: 20_000,
    },
  });
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><meta charset="utf-8"><title>timeline</title><div id="root"></div><script type="module" src="page.js"></script>',
  );
}

/** @param {string} folder */
function serve(folder) {
  const server = createServer((request, response) => {
    const path = request.url === "/" ? "/index.html" : (request.url ?? "/");
    try {
      const body = readFileSync(join(folder, path.replaceAll("..", "")));
      response.setHeader("content-type", path.endsWith(".html") ? "text/html" : "text/javascript");
      response.end(body);
    } catch {
      // Icons and the like: not there, not needed.
      response.writeHead(404).end();
    }
  });
  return /** @type {Promise<{ url: string, close: () => void }>} */ (
    new Promise((done) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        const port = typeof address === "object" && address !== null ? address.port : 0;
        done({ url: `http://127.0.0.1:${port}/`, close: () => server.close() });
      });
    })
  );
}

/** Rounds of everything: the best counts, because what else the machine does only makes it slower. */
const ROUNDS = 5;

/** @param {string} url */
async function measure(url) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on("pageerror", (error) => console.error(error.message));
    await page.goto(url);
    await page.waitForFunction("window.show !== undefined");
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.enable", { timeDomain: "threadTicks" });
    /** Time the main thread has worked, ms, whatever others did meanwhile. */
    const worked = async () => {
      const { metrics } = await client.send("Performance.getMetrics");
      return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0);
    };
    await page.evaluate(
      `window.texts = ${JSON.stringify(bigRun(STEPS))}; window.small = ${JSON.stringify(bigRun(20))}`,
    );
    await page.evaluate("show(rebuilt(small))");
    /** @type {{ rebuild: number, paint: number, work: number }[]} */
    const first = [];
    for (let round = 0; round < ROUNDS; round++) {
      const rebuild = await page.evaluate(
        "(() => { const begun = performance.now(); window.big = rebuilt(texts); return performance.now() - begun; })()",
      );
      const before = await worked();
      const paint = await page.evaluate("show(big)");
      first.push({ rebuild, paint, work: (await worked()) - before });
    }
    const rows = await page.evaluate("document.querySelectorAll('[role=option]').length");
    const nodes = await page.evaluate("document.querySelectorAll('#root *').length");
    await page.evaluate(
      `window.long = []; new PerformanceObserver((list) => long.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({ type: "longtask" })`,
    );
    /** The long tasks of the round that had the fewest. @param {() => Promise<void>} act */
    const longTasks = async (act) => {
      /** @type {number[] | undefined} */
      let best;
      for (let round = 0; round < ROUNDS; round++) {
        await page.evaluate("long.length = 0");
        await act();
        await page.waitForTimeout(300);
        /** @type {number[]} */
        const seen = await page.evaluate("[...long]");
        if (best === undefined || seen.length < best.length) best = seen;
        if (best.length === 0) break;
      }
      return best ?? [];
    };
    const list = page.locator("[data-testid=timeline-list]");
    await list.scrollIntoViewIfNeeded();
    await list.hover();
    const scroll = await longTasks(async () => {
      for (let at = 0; at < 100; at++) {
        await page.mouse.wheel(0, at % 10 === 0 ? 20_000 : 400);
        await page.waitForTimeout(16);
      }
      await page.evaluate("document.querySelector('[data-testid=timeline-list]').scrollTop = 0");
    });
    const keys = await longTasks(async () => {
      for (let at = 0; at < 40; at++) await page.keyboard.press("ArrowDown");
    });
    const zoom = await longTasks(async () => {
      for (const key of ["+", "+", "+", "+", "+", "+", "Shift+ArrowRight", "Shift+ArrowRight", "-", "-", "0"]) {
        await page.keyboard.press(key);
        await page.waitForTimeout(60);
      }
    });
    const best = (/** @type {"rebuild" | "paint" | "work"} */ what) =>
      Math.round(Math.min(...first.map((one) => one[what])));
    return {
      steps: STEPS,
      "parse and rebuild, ms": best("rebuild"),
      "first paint, ms": best("paint"),
      "of it work of the main thread, ms": best("work"),
      "rows in the DOM": rows,
      "elements in the DOM": nodes,
      "long tasks while scrolling, ms": scroll,
      "long tasks while stepping by key, ms": keys,
      "long tasks while zooming, ms": zoom,
    };
  } finally {
    await browser.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), "timeline-"));
try {
  await bundle(folder);
  const server = await serve(folder);
  try {
    console.log(JSON.stringify(await measure(server.url), null, 1));
  } finally {
    server.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
