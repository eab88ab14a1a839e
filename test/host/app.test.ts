import { describe, expect, it } from "vitest";
import { describeHosted } from "./hosted";

const APP = "/a/dunetrace-agents-app";
const PAGES = ["overview", "runs", "signals", "agents", "detectors", "configuration"];
const addressOf = (page: string): string => `${APP}${page === "overview" ? "" : `/${page}`}?from=now-24h&to=now`;

describeHosted("the app", ({ react, store, server, visit }) => {
  const looping = (): string => {
    const line = store().lines.find((one) => one.includes('"signal.detected"') && one.includes("TOOL_LOOP"));
    return /"run_id":"([^"]+)"/.exec(line ?? "")?.[1] ?? "";
  };

  describe.each(["dark", "light"] as const)("in %s", (theme) => {
    it.each(PAGES)("shows the page %s", (page) =>
      visit(
        addressOf(page),
        async (tab) => {
          await tab.screenshot(`${page}-${theme}-react${react}`);
          expect(await tab.page.getByTestId("state-failed").allTextContents()).toEqual([]);
          expect(await tab.page.locator("main h1").count()).toBe(1);
          expect(await tab.violations()).toEqual([]);
        },
        { options: { theme } },
      ),
    );
  });

  const deep = (): string[] => {
    const ids = [...new Set(store().lines.map((line) => /"run_id":"([^"]+)"/.exec(line)?.[1] ?? ""))];
    const agent = /"agent_id":"([^"]+)"/.exec(store().lines[0] ?? "")?.[1] ?? "";
    const run = `${APP}/runs/${looping()}`;
    const tabs = ["steps", "facts", "log", "attributes"].map((one) => `${run}?tab=${one}`);
    return [
      ...tabs,
      `${run}?step=3`,
      `${APP}/compare?a=${looping()}&b=${ids.find((id) => id !== looping())}`,
      `${APP}/runs?from=now-6h&to=now&agent=${agent}&sort=slowest`,
      `${APP}/signals?from=now-24h&to=now&view=flat`,
      `${APP}/agents/${agent}?from=now-24h&to=now`,
      `${APP}/detectors?detector=TOOL_LOOP`,
    ];
  };

  it("opens every view by a bookmark", () =>
    visit(APP, async (tab) => {
      // How an address is read does not depend on React.
      for (const address of deep().slice(react === 18 ? 0 : -1)) {
        await tab.load(address);
        await tab.settled();
        expect([address, await tab.page.locator("main h1").count()]).toEqual([address, 1]);
        expect([address, await tab.page.getByTestId("state-failed").allTextContents()]).toEqual([address, []]);
        expect(tab.address).toBe(address);
      }
    }));

  it("opens a run by its address", () =>
    visit(`${APP}/runs/${looping()}`, async (tab) => {
      await tab.page.getByText(looping().slice(0, 8)).first().waitFor();
      await tab.screenshot(`run-dark-react${react}`);
      expect(await tab.page.locator("main").textContent()).toContain(looping().slice(0, 8));
    }));

  it("follows links within itself, and goes back", () =>
    visit(addressOf("runs"), async (tab) => {
      await tab.page.locator(`main a[href^="${APP}/runs/"]`).first().click();
      await tab.page.waitForURL(/\/runs\/[^?]+/);
      expect(tab.address).toContain("from=now-24h");
      await tab.page.goBack();
      expect(tab.address).toBe(addressOf("runs"));
    }));

  it("loads its lazy parts from its own folder", () => {
    const foreign = server().loaded.filter(
      (path) => /\/\d+\.js$/.test(path) && !path.includes("/dunetrace-agents-app/"),
    );
    expect(foreign).toEqual([]);
    expect(server().loaded.some((path) => /\/dunetrace-agents-app\/\d+\.js$/.test(path))).toBe(true);
  });

  it("says what to do where there is no data source of ours", () =>
    visit(
      APP,
      async (tab) => {
        const link = tab.page.getByRole("link", { name: "Add a Dunetrace agents data source" });
        expect(await link.getAttribute("href")).toBe("/connections/datasources/new");
        expect(await tab.violations()).toEqual([]);
      },
      { options: { instances: {} } },
    ));

  it("tells a viewer whom to ask", () =>
    visit(
      APP,
      async (tab) => {
        expect(await tab.page.getByRole("link").count()).toBe(0);
        expect(await tab.page.locator("main").textContent()).toContain("An administrator adds");
      },
      { options: { instances: {}, role: "Viewer" } },
    ));

  it("lets the reader choose among several, and keeps the choice", () =>
    visit(
      `${APP}?ds=second`,
      async (tab) => {
        expect(await tab.page.locator("main").textContent()).toContain("Dunetrace second");
        await tab.page.locator(`main a[href^="${APP}/"]`).first().click();
        await tab.page.waitForURL(/ds=second/);
      },
      { options: { instances: { first: { lokiUid: "loki" }, second: { lokiUid: "loki" } } } },
    ));

  it("saves its configuration", () =>
    visit("/plugins/dunetrace-agents-app", async (tab) => {
      await tab.page.getByRole("button", { name: "Save", exact: true }).click();
      await expect.poll(() => server().sent.length).toBeGreaterThan(0);
      expect(server().sent.at(-1)).toEqual({
        method: "POST",
        path: "/api/plugins/dunetrace-agents-app/settings",
        body: { enabled: true, pinned: true, jsonData: {} },
      });
    }));
});
