import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { demoLines } from "../browser/demoStore";
import { addressesOf } from "./addresses";
import { describeViewer } from "./viewed";

const VIEWS = ["overview", "runs", "a run", "signals", "agents", "an agent", "detectors"];
/** They ask once: what they show does not get older by a failure. */
const STILL = ["a run", "detectors"];

interface Failure {
  readonly answer: (route: Route) => Promise<void>;
  /** What the page says of it. */
  readonly says: RegExp;
}

const FAILURES: Readonly<Record<string, Failure>> = {
  "cannot be reached": { answer: (route) => route.abort("connectionrefused"), says: /reach|connect/i },
  "is overloaded": { answer: (route) => route.fulfill({ status: 503, body: "unavailable" }), says: /503|unavailable/ },
  "asks to wait": {
    answer: (route) => route.fulfill({ status: 429, headers: { "Retry-After": "1" }, body: "too many requests" }),
    says: /429|too many/i,
  },
  "sends half an answer": {
    answer: (route) =>
      route.fulfill({ status: 200, contentType: "application/json", body: '{"status":"success","data":{"resultTy' }),
    says: /answer|JSON|understand/i,
  },
};
const TROUBLES = /^console: Failed to load|^(503|429) /;

/** Puts itself between the page and its store; `now` says what the store does. */
async function sourceOf(page: Page): Promise<{ now: Failure | undefined }> {
  const source: { now: Failure | undefined } = { now: undefined };
  await page.route("**/loki/api/**", (route) => source.now?.answer(route) ?? route.continue());
  return source;
}

describeViewer(
  "a store that fails",
  () => demoLines(60),
  ({ lines, visit }) => {
    describe.each(Object.entries(FAILURES))("because it %s", (reason, failure) => {
      // All views are told of a failure in one way: one kind of failure in all of them is enough.
      it.each(reason === "is overloaded" ? VIEWS : ["overview", "runs"])(
        "is told by %s, which recovers by itself",
        (name) =>
          visit(
            async (tab) => {
              const source = await sourceOf(tab.page);
              source.now = failure;
              await tab.goto(addressesOf(lines())[name] ?? "");
              const failed = tab.page.getByTestId("state-failed");
              await failed.first().waitFor();
              expect((await failed.allInnerTexts()).join("\n")).toMatch(failure.says);
              await failed.first().getByRole("button", { name: "Try again now" }).waitFor();
              source.now = undefined;
              await expect.poll(() => failed.count(), { timeout: 20_000 }).toBe(0);
              await tab.settled();

              // What was read stays while the store fails again.
              const before = (await tab.text).length;
              if (STILL.includes(name)) return;
              source.now = failure;
              await tab.page.getByText("could not be refreshed; what is shown is older").first().waitFor();
              expect((await tab.text).length).toBeGreaterThan(before * 0.8);
              source.now = undefined;
              await expect.poll(() => failed.count(), { timeout: 20_000 }).toBe(0);
            },
            { troubles: TROUBLES },
          ),
      );
    });

    it.each(["by itself", "when asked"])("may fail with a part of the page too: it is loaded again %s", (how) =>
      visit(
        async (tab) => {
          let isDown = true;
          await tab.page.route("**/assets/RunsView-*.js", (route) =>
            isDown ? route.abort("connectionrefused") : route.continue(),
          );
          await tab.goto("runs");
          const failed = tab.page.getByTestId("state-failed");
          const button = failed.getByRole("button", { name: "Try again now" });
          await button.waitFor();
          expect(await failed.innerText()).toContain("This page could not be read");
          isDown = false;
          if (how === "when asked") await button.click();
          await tab.page.getByRole("grid", { name: "Runs" }).waitFor();
          await tab.settled();
        },
        { troubles: /^console: Failed to load/ },
      ),
    );

    it("is waited for where it is slow", () =>
      visit(async (tab) => {
        let release = (): void => undefined;
        const slow = new Promise<void>((resolve) => {
          release = resolve;
        });
        await tab.page.route("**/loki/api/**", async (route) => {
          await slow;
          await route.continue();
        });
        await tab.goto("runs");
        await tab.page.getByRole("status", { name: "Loading" }).first().waitFor();
        expect(await tab.page.getByTestId("state-empty").count()).toBe(0);
        release();
        await tab.page.getByRole("grid", { name: "Runs" }).waitFor();
        await tab.settled();
      }));
  },
  { pollMs: 200 },
);
