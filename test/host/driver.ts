import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { describe } from "vitest";
import type { HostApi } from "./page/api";
import type { HostOptions } from "./page/options";

const CHROMIUM = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ARTIFACTS = join(import.meta.dirname, ".artifacts");

/** Where the browser is; undefined where there is none. */
export const browserFile = (): string | undefined => CHROMIUM.find((file) => file !== undefined && existsSync(file));

/** Tests in a browser. Without one they are skipped by name, and the reason is printed; in CI that counts as failed. */
export function describeInBrowser(name: string, tests: () => void): void {
  const isMissing = browserFile() === undefined;
  if (isMissing) process.stdout.write(`Skipped: ${name}: there is no Chromium: install it, or set CHROMIUM\n`);
  describe.skipIf(isMissing)(name, tests);
}

/** @throws Error when there is none */
export function openBrowser(): Promise<Browser> {
  const executablePath = browserFile();
  if (executablePath === undefined) throw new Error("There is no Chromium");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

export interface Visit {
  readonly options?: HostOptions;
  readonly width?: number;
  readonly height?: number;
}

/** A rule of axe that a page breaks, and where. */
export interface Violation {
  readonly rule: string;
  readonly where: readonly string[];
}

/** One tab with the host page in it. Everything that goes wrong in it is kept in `troubles`. */
export class HostTab {
  readonly page: Page;
  readonly troubles: string[] = [];
  readonly #context: BrowserContext;
  readonly #url: string;

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.page = page;
    this.#url = url;
    page.on("console", (message) => {
      if (message.type() === "error") this.troubles.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.troubles.push(`thrown: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) this.troubles.push(`${response.status()} ${response.url()}`);
    });
  }

  static async open(browser: Browser, url: string, visit: Visit = {}): Promise<HostTab> {
    const { options = {}, width = 1440, height = 900 } = visit;
    const colorScheme = options.theme ?? "dark";
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    await context.addInitScript((wanted) => {
      window.hostOptions = wanted;
    }, options);
    return new HostTab(context, await context.newPage(), url);
  }

  /** Loads an address of the host page. */
  async goto(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
    await this.page.waitForFunction(() => window.host !== undefined);
  }

  /** Waits until a view shows what it is for. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      () =>
        document.querySelector("main")?.textContent !== "" &&
        document.querySelector("[data-testid=state-loading]") === null,
    );
    await this.page.waitForTimeout(300);
  }

  query(...args: Parameters<HostApi["query"]>): ReturnType<HostApi["query"]> {
    return this.page.evaluate(async (given) => {
      if (window.host === undefined) throw new Error("The host page is not ready");
      return window.host.query(...given);
    }, args);
  }

  testDatasource(): Promise<unknown> {
    return this.page.evaluate(() => window.host?.testDatasource());
  }

  /** The address below the host, as the reader sees it. */
  get address(): string {
    return this.page.url().slice(this.#url.length);
  }

  /** What an editor has handed on. */
  async value(): Promise<unknown> {
    return JSON.parse((await this.page.getByTestId("host-value").textContent()) ?? "null");
  }

  /**
   * Rules of axe that the page breaks.
   *
   * @param embedded a part of a page that has its heading from Grafana
   */
  async violations(embedded = false): Promise<Violation[]> {
    await this.page.addScriptTag({ content: axe.source });
    return this.page.evaluate(async (isPart) => {
      const rules = isPart ? { "page-has-heading-one": { enabled: false } } : {};
      const { violations } = await window.axe.run(document, { resultTypes: ["violations"], rules });
      // Grafana names its own pickers otherwise than they read.
      const isGrafanas = (html: string): boolean => /data-testid="data-testid (Time|Refresh)Picker/.test(html);
      return violations
        .map(({ id, nodes }) => ({ rule: id, where: nodes.map(({ html }) => html.slice(0, 250)) }))
        .map(({ rule, where }) => ({ rule, where: where.filter((html) => !isGrafanas(html)) }))
        .filter(({ where }) => where.length > 0);
    }, embedded);
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
