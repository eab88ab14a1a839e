import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { type DemoStore, demoStore } from "./demoStore";
import { describeInBrowser, HostTab, openBrowser, type Visit } from "./driver";
import { GENERATIONS } from "./generations";
import { type HostServer, serveHost } from "./server";

/** What tests of the host page work with. */
export interface Hosted {
  readonly react: number;
  readonly store: () => DemoStore;
  readonly server: () => HostServer;
  /** Opens an address in a tab of its own; anything that goes wrong in it fails the test unless `troubles` allows it. */
  readonly visit: (path: string, look: (tab: HostTab) => Promise<void>, how?: Visit & Allowed) => Promise<void>;
}

/** An address that shows nothing, for what only asks. */
export const BLANK = "/blank";

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
      beforeAll(async () => {
        store = await demoStore();
        server = await serveHost(bundle, store.url);
        browser = await openBrowser();
      });
      afterAll(async () => {
        await browser.close();
        await server.close();
        await store.close();
      });
      const visit: Hosted["visit"] = async (path, look, { troubles, ...how } = {}) => {
        const tab = await HostTab.open(browser, server.url, how);
        try {
          await tab.goto(path);
          if (path !== BLANK) await tab.settled();
          await look(tab);
          expect(tab.troubles.filter((trouble) => troubles?.test(trouble) !== true)).toEqual([]);
        } finally {
          await tab.close();
        }
      };
      tests({ react, store: () => store, server: () => server, visit });
    });
  });
}
