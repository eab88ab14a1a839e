import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { describeInBrowser, openBrowser } from "../browser/chromium";
import { missingPage, type ServedPage, servePage } from "./servedPage";
import { type TabOptions, ViewerTab } from "./tab";

/** What tests of the local page work with. */
export interface Viewed {
  readonly served: () => ServedPage;
  readonly lines: () => readonly string[];
  /** Opens a blank tab of its own; anything that goes wrong in it fails the test unless `troubles` allows it. */
  readonly visit: (look: (tab: ViewerTab) => Promise<void>, how?: TabOptions & Allowed) => Promise<void>;
}

interface Allowed {
  /** Troubles that the test brings about itself. */
  readonly troubles?: RegExp;
}

/**
 * Tests of the built local page over a store of its own.
 *
 * @param linesOf the lines of the store
 */
export function describeViewer(
  name: string,
  linesOf: () => readonly string[] | Promise<readonly string[]>,
  tests: (viewed: Viewed) => void,
  { pollMs }: { readonly pollMs?: number } = {},
): void {
  describeInBrowser(
    name,
    () => {
      let lines: readonly string[] = [];
      let served: ServedPage;
      let browser: Browser;
      beforeAll(async () => {
        lines = await linesOf();
        served = await servePage(lines, pollMs);
        browser = await openBrowser();
      });
      afterAll(async () => {
        await browser.close();
        await served.close();
      });
      const visit: Viewed["visit"] = async (look, { troubles, ...how } = {}) => {
        const tab = await ViewerTab.open(browser, served.url, how);
        try {
          await look(tab);
          expect(tab.troubles.filter((trouble) => troubles?.test(trouble) !== true)).toEqual([]);
        } finally {
          await tab.close();
        }
      };
      tests({ served: () => served, lines: () => lines, visit });
    },
    missingPage(),
  );
}
