import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { describeInBrowser, openBrowser } from "../browser/chromium";
import { type DemoStore, demoStore } from "../browser/demoStore";
import { BLANK, HostTab, type Visit } from "./driver";
import { GENERATIONS } from "./generations";
import { type HostServer, serveHost } from "./server";

/** What tests of the host page work with. */
export interface Hosted {
  readonly react: number;
  readonly store: () => DemoStore;
  readonly server: () => HostServer;
  /** Opens an address in a tab with those options; what goes wrong in it fails the test unless `troubles` allows it. */
  readonly visit: (path: string, look: (tab: HostTab) => Promise<void>, how?: Visit & Allowed) => Promise<void>;
}

interface Allowed {
  /** Troubles that the test brings about itself. */
  readonly troubles?: RegExp;
}

/** Tests of the built plugins, in Grafana before and after its move to React 19, over the runs of the demo. */
export function describeHosted(name: string, tests: (hosted: Hosted) => void): void {
  describeInBrowser(name, () => {
    describe.each(GENERATIONS)("with React $react", ({ react, bundle }) => {
      let store: DemoStore;
      let server: HostServer;
      let browser: Browser;
      let context: BrowserContext;
      const tabs = new Map<string, HostTab>();
      beforeAll(async () => {
        store = await demoStore();
        server = await serveHost(bundle, store.url);
        browser = await openBrowser();
        context = await browser.newContext();
      });
      afterAll(async () => {
        await browser.close();
        await server.close();
        await store.close();
      });
      const tabOf = async (how: Visit): Promise<HostTab> => {
        const key = JSON.stringify(how);
        const tab = tabs.get(key) ?? (await HostTab.open(context, server.url, how));
        tabs.set(key, tab);
        return tab;
      };
      const visit: Hosted["visit"] = async (path, look, { troubles, ...how } = {}) => {
        const tab = await tabOf(how);
        try {
          await tab.show(path);
          if (path !== BLANK) await tab.settled();
          await look(tab);
          expect(tab.troubles.filter((trouble) => troubles?.test(trouble) !== true)).toEqual([]);
        } catch (error) {
          // What went wrong may have broken the page for the next test too.
          tabs.delete(JSON.stringify(how));
          await tab.close();
          throw error;
        } finally {
          if (!tab.page.isClosed()) await tab.page.unrouteAll({ behavior: "ignoreErrors" });
        }
      };
      tests({ react, store: () => store, server: () => server, visit });
    });
  });
}
