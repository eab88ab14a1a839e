import type { Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { describeHosted } from "./hosted";

const APP = "/a/dunetrace-agents-app";
const PAGES = ["", "/runs", "/signals", "/agents", "/detectors"];
const HALF = { status: 200, contentType: "application/json", body: '{"status":"success","data":{"resultType":"str' };

const TROUBLES: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  "is not there": (route) => route.abort("connectionrefused"),
  "answers too many requests": (route) => route.fulfill({ status: 429, body: "too many outstanding requests" }),
  fails: (route) => route.fulfill({ status: 500, body: "context deadline exceeded" }),
  "stops halfway": (route) => route.fulfill(HALF),
};

describeHosted("the app with a troubled Loki", ({ react, visit }) => {
  // What the page makes of a trouble does not depend on React: one of them shows that it recovers with the other too.
  const names = Object.keys(TROUBLES).slice(0, react === 18 ? undefined : 1);
  describe.each(names)("which %s", (name) => {
    it.each(PAGES)("says so on %s, and recovers", (page) =>
      visit(
        "/blank",
        async (tab) => {
          await tab.page.route("**/loki/api/**", (route) => TROUBLES[name]?.(route));
          await tab.go(`${APP}${page}?from=now-24h&to=now`);
          const failed = tab.page.getByTestId("state-failed");
          await failed.first().waitFor();
          expect(await failed.first().locator("p").textContent()).not.toBe("");
          await tab.page.unrouteAll({ behavior: "wait" });
          // Each part asks again by itself; the reader need not wait for it.
          while ((await failed.count()) > 0) {
            const again = failed.first().getByRole("button", { name: "Try again now" });
            await again.click({ timeout: 1000 }).catch(() => undefined);
            await tab.page.waitForTimeout(100);
          }
          await tab.settled();
          expect(await tab.page.locator("main h1").count()).toBe(1);
        },
        { troubles: /429|500|ERR_|Failed to load/ },
      ),
    );
  });

  it("shows that it waits for a slow one", () =>
    visit(
      "/blank",
      async (tab) => {
        await tab.page.route("**/loki/api/**", async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 1500));
          await route.continue();
        });
        await tab.go(`${APP}/runs?from=now-24h&to=now`);
        await tab.page.getByTestId("state-loading").first().waitFor();
        await tab.page.locator(`main a[href^="${APP}/runs/"]`).first().waitFor();
        await tab.page.unrouteAll({ behavior: "ignoreErrors" });
      },
      { troubles: /ERR_/ },
    ));
});
