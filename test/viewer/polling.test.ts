import type { Page, Request } from "playwright-core";
import { expect, it } from "vitest";
import { RunWriter } from "../../src/cli/testing/runWriter";
import { describeViewer } from "./viewed";

const HOUR_US = 3_600_000_000;

/** A run of long ago and one of just now. */
function lines(): string[] {
  const now = Date.now() * 1000;
  return [
    { agent_id: "old-agent", run_id: "aaaaaaaa-old", start: now - 5 * HOUR_US },
    { agent_id: "new-agent", run_id: "bbbbbbbb-new", start: now - HOUR_US / 6 },
  ].flatMap((head) => new RunWriter(head).llm().completed().lines);
}

/** A request apart from its time. */
function questionOf(request: Request): string | undefined {
  const { pathname, searchParams } = new URL(request.url());
  if (!pathname.startsWith("/loki/")) return undefined;
  for (const name of ["start", "end", "time", "step"]) searchParams.delete(name);
  return `${pathname}?${searchParams}${request.postData() ?? ""}`;
}

/** Counts what a page asks. */
class Questions {
  asked = 0;
  /** How often a question was on its way at one time, at most: twice where two parts of a page ask the same. */
  readonly most = new Map<string, number>();
  readonly #open = new Map<string, number>();

  constructor(page: Page) {
    const done = (request: Request): void => this.#count(request, -1);
    page.on("request", (request) => this.#count(request, 1));
    page.on("requestfinished", done);
    page.on("requestfailed", done);
  }

  #count(request: Request, by: 1 | -1): void {
    const question = questionOf(request);
    if (question === undefined) return;
    const open = (this.#open.get(question) ?? 0) + by;
    this.#open.set(question, open);
    if (by === 1) this.asked++;
    this.most.set(question, Math.max(open, this.most.get(question) ?? 0));
  }
}

/** Tells the page that it is hidden, or seen again. */
const hide = (page: Page, hidden: boolean): Promise<unknown> =>
  page.evaluate(
    `Object.defineProperty(document, "hidden", { configurable: true, get: () => ${hidden} });
     document.dispatchEvent(new Event("visibilitychange"))`,
  );

describeViewer(
  "asking again",
  lines,
  ({ visit }) => {
    it("never overlaps, though answers take longer than the pause", () =>
      visit(async (tab) => {
        await tab.page.route("**/loki/api/**", async (route) => {
          const answer = await route.fetch();
          await new Promise((resolve) => setTimeout(resolve, 400));
          await route.fulfill({ response: answer });
        });
        const questions = new Questions(tab.page);
        await tab.goto("runs");
        await tab.settled();
        const { asked } = questions;
        const once = new Map(questions.most);
        await expect.poll(() => questions.asked, { timeout: 20_000 }).toBeGreaterThan(asked * 3);
        expect([...questions.most].filter(([question, most]) => most > (once.get(question) ?? 1))).toEqual([]);
        await tab.page.unrouteAll({ behavior: "ignoreErrors" });
      }));

    it("stops in a hidden tab, while another goes on", () =>
      visit(async (tab) => {
        await tab.goto("runs");
        await tab.settled();
        const other = await tab.second();
        const [hidden, seen] = [new Questions(tab.page), new Questions(other.page)];
        await hide(tab.page, true);
        await other.goto("runs");
        await other.settled();
        const { asked: already } = seen;
        const { asked } = hidden;
        await expect.poll(() => seen.asked, { timeout: 20_000 }).toBeGreaterThan(already * 4);
        // A question that was on its way when the tab was hidden may have been counted.
        expect(hidden.asked - asked).toBeLessThanOrEqual(1);
        const rested = hidden.asked;
        await hide(tab.page, false);
        await expect.poll(() => hidden.asked, { timeout: 20_000 }).toBeGreaterThan(rested);
        expect(other.troubles).toEqual([]);
      }));

    it("shows no answer to a question that is no longer asked", () =>
      visit(async (tab) => {
        let release = (): void => undefined;
        const held = new Promise<void>((resolve) => {
          release = resolve;
        });
        let holding = true;
        let holds = 0;
        await tab.page.route("**/loki/api/**", async (route) => {
          if (holding) {
            holds++;
            await held;
          }
          // The page may have gone on: then there is nobody to answer.
          await route.continue().catch(() => undefined);
        });
        await tab.goto("runs?from=now-24h&to=now");
        await expect.poll(() => holds).toBeGreaterThan(0);
        holding = false;
        await tab.goto("runs?from=now-1h&to=now");
        const grid = tab.page.getByRole("grid", { name: "Runs" });
        await grid.getByText("new-agent").first().waitFor();
        release();
        const questions = new Questions(tab.page);
        await expect.poll(() => questions.asked, { timeout: 20_000 }).toBeGreaterThan(5);
        expect(await tab.text).not.toContain("old-agent");
        await tab.goto("runs?from=now-24h&to=now");
        await grid.getByText("old-agent").first().waitFor();
      }));
  },
  { pollMs: 150 },
);
