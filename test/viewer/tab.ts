import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

const ARTIFACTS = join(import.meta.dirname, "../../.cache/viewer");

export interface TabOptions {
  readonly theme?: "dark" | "light";
  readonly width?: number;
  readonly height?: number;
}

/** One tab with the local page in it. Everything that goes wrong in it is kept in `troubles`. */
export class ViewerTab {
  readonly page: Page;
  readonly troubles: string[] = [];
  readonly #context: BrowserContext;
  readonly #url: string;

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.page = page;
    this.#url = url;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.troubles.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.troubles.push(`thrown: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) this.troubles.push(`${response.status()} ${response.url()}`);
    });
    page.on("dialog", (dialog) => {
      this.troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** @param url of the served page, with a slash at its end */
  static async open(browser: Browser, url: string, options: TabOptions = {}): Promise<ViewerTab> {
    const { theme = "dark", width = 1440, height = 900 } = options;
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: "reduce",
    });
    return new ViewerTab(context, await context.newPage(), url);
  }

  /** Another tab of the same browser, with the same settings of the reader. */
  async second(): Promise<ViewerTab> {
    return new ViewerTab(this.#context, await this.#context.newPage(), this.#url);
  }

  /** Goes to an address as the reader sees it after `#/`. */
  async goto(address: string): Promise<void> {
    await this.page.goto(`${this.#url}#/${address}`);
  }

  /** Waits until nothing of the view is loading any more. */
  async settled(): Promise<void> {
    await this.page.locator("main").locator("h1").waitFor();
    await expect.poll(() => this.page.getByTestId("state-loading").count(), { timeout: 20_000 }).toBe(0);
  }

  /** What comes after `#/`. */
  get address(): string {
    return this.page.url().slice(this.#url.length + 2);
  }

  get text(): Promise<string> {
    return this.page.locator("main").innerText();
  }

  /** How far the page reaches beyond the window, px. */
  get overflow(): Promise<number> {
    return this.page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
