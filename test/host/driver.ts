import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { type Violation, violationsOf } from "../browser/violations";
import type { HostApi } from "./page/api";
import type { HostOptions } from "./page/options";

const ARTIFACTS = join(import.meta.dirname, ".artifacts");

/** Grafana names its own pickers otherwise than they read; we cannot mend what is inside its parts. */
const GRAFANAS = /data-testid="data-testid (Time|Refresh)Picker/;

/** Long enough for a machine with much else to do. */
const TIMEOUT_MS = 15_000;

/** An address that shows nothing, for what only asks. */
export const BLANK = "/blank";

export interface Visit {
  readonly options?: HostOptions;
  readonly width?: number;
  readonly height?: number;
}

/**
 * One tab with the host page in it, which loads once and then follows addresses as Grafana does. Everything that goes
 * wrong in it is kept in `troubles`.
 */
export class HostTab {
  readonly page: Page;
  readonly troubles: string[] = [];
  readonly #url: string;

  private constructor(page: Page, url: string) {
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

  static async open(context: BrowserContext, url: string, visit: Visit = {}): Promise<HostTab> {
    const { options = {}, width = 1440, height = 900 } = visit;
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: options.theme ?? "dark", reducedMotion: "reduce" });
    await page.addInitScript((wanted) => {
      window.hostOptions = wanted;
    }, options);
    return new HostTab(page, url);
  }

  /** Shows an address from scratch, and forgets what went wrong before. */
  async show(path: string): Promise<void> {
    if (this.page.url() === "about:blank") return this.load(path);
    await this.page.bringToFront();
    await this.go(BLANK);
    this.troubles.length = 0;
    return this.go(path);
  }

  /** Loads the host page with an address, as a bookmark does. */
  async load(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
    await this.page.waitForFunction(() => window.host !== undefined);
  }

  /** Follows an address within the loaded page, as a link of Grafana's does. */
  async go(path: string): Promise<void> {
    await this.page.evaluate((to) => window.host?.go(to), path);
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
    const violations = await violationsOf(this.page, embedded);
    return violations
      .map(({ rule, where }) => ({ rule, where: where.filter((html) => !GRAFANAS.test(html)) }))
      .filter(({ where }) => where.length > 0);
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
