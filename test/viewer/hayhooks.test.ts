import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatMicros } from "../../src/core/wire";
import type { ViewerTab } from "./tab";
import { describeViewer } from "./viewed";

const FIXTURES = join(import.meta.dirname, "../fixtures/hayhooks");
const TIME = /"ts":"([^"]+)"/;
const PIPELINES = ["assistant", "broken", "chat", "chat_async", "knowledge", "slow", "summary", "words"];

const read = (name: string): string[] =>
  readFileSync(join(FIXTURES, `${name}.ndjson`), "utf8")
    .split("\n")
    .filter((line) => line !== "");

const HOURS_US = 3_600_000_000;

/**
 * Lines of real Hayhooks runs (test/systems/hayhooks wrote them), moved so that the last one was just now, and those of one
 * pipeline three hours further back.
 */
function justNow(recorded: readonly string[], earlier?: string): string[] {
  const timeOf = (line: string): number => {
    const [, text = ""] = TIME.exec(line) ?? [];
    return Date.parse(`${text.slice(0, 23)}Z`) * 1000 + Number(text.slice(23, 26));
  };
  const by = Date.now() * 1000 - Math.max(...recorded.map(timeOf));
  return recorded.map((line) => {
    const back = earlier !== undefined && line.includes(`"agent_id":"${earlier}"`) ? 3 * HOURS_US : 0;
    return line.replace(TIME, `"ts":"${formatMicros(timeOf(line) + by - back)}"`);
  });
}

/** The id of the first run of a pipeline whose first line has some text. */
function idOf(lines: readonly string[], pipeline: string, has = ""): string {
  const start = lines.find(
    (line) => line.includes(`"agent_id":"${pipeline}"`) && line.includes('"run.started"') && line.includes(has),
  );
  return /"run_id":"([^"]+)"/.exec(start ?? "")?.[1] ?? "nowhere";
}

const rows = ({ page }: ViewerTab) => page.getByRole("grid", { name: "Runs" }).getByRole("row");
const stepTexts = ({ page }: ViewerTab) => page.getByTestId("timeline-list").getByRole("option").allInnerTexts();

describeViewer(
  "the features of Hayhooks' dashboard, for its runs in the local page",
  () => justNow(read("http"), "summary"),
  ({ visit, lines, served }) => {
    const open = async (tab: ViewerTab, address: string): Promise<void> => {
      await tab.goto(address);
      await tab.settled();
    };
    const run = (pipeline: string, has?: string): string => `runs/${idOf(lines(), pipeline, has)}`;

    it("lists runs with their statistics, and filters by pipeline", () =>
      visit(
        async (tab) => {
          await open(tab, "runs");
          const figures = tab.page.locator("main dl").first();
          await expect.poll(() => figures.innerText()).toMatch(/14\s+runs\s+2 \(14\.3 %\)\s+failed/);
          expect(await figures.innerText()).toMatch(/average duration\s+.*\s+last run/);
          await figures.getByRole("img", { name: /^Average duration over this time/ }).waitFor();
          const agents = tab.page.getByRole("navigation", { name: `Agents (${PIPELINES.length})` });
          const counts = async (): Promise<string[]> =>
            (await agents.getByRole("listitem").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
          // The numbers come a moment after the names.
          await expect.poll(counts).toContain("chat 1 failed 3");
          expect((await counts()).map((text) => text.split(" ")[0])).toEqual(["All", ...PIPELINES]);
          await agents.getByRole("link", { name: /^chat\b(?!_)/ }).click();
          await expect.poll(() => figures.innerText()).toMatch(/^3\s+runs/);
          const shown = rows(tab).filter({ hasText: "completed" });
          await expect.poll(() => shown.count()).toBe(2);
          expect((await shown.allInnerTexts()).every((text) => /\bchat\b/.test(text))).toBe(true);
        },
        { width: 1900 },
      ));

    it("marks kinds, streams and failures, and sorts by newest or slowest", () =>
      visit(
        async (tab) => {
          await open(tab, "runs");
          const kindsOf = async (pipeline: string): Promise<(string | undefined)[]> =>
            (
              await rows(tab)
                .filter({ has: tab.page.getByText(pipeline, { exact: true }) })
                .allInnerTexts()
            ).map((text) => /openai|STREAM/.exec(text.replace(/openai\s+STREAM/, "STREAM"))?.[0]);
          expect(await kindsOf("words")).toEqual(["STREAM"]);
          expect(await kindsOf("chat")).toEqual(["openai", "STREAM", "openai"]);
          expect(await kindsOf("summary")).toEqual([undefined, undefined]);
          expect(await rows(tab).filter({ hasText: "FAILED" }).count()).toBe(2);
          await tab.page.getByRole("radio", { name: "Slowest" }).click();
          await expect.poll(() => rows(tab).nth(1).innerText()).toMatch(/\bslow\b/);
          await tab.page.getByRole("radio", { name: "Newest" }).click();
          await expect.poll(() => rows(tab).nth(1).innerText()).toMatch(/\bwords\b/);
        },
        { width: 1900 },
      ));

    it("draws calls and inner components below one another, and marks the slowest", () =>
      visit(async (tab) => {
        await open(tab, run("knowledge"));
        const known = (await stepTexts(tab)).map((text) => text.replace(/\s+/g, " "));
        for (const part of [/retrieval retriever/, /span prompt/, /LLM gpt-4o/, /span haystack\.pipeline\.run/]) {
          expect(known.filter((text) => part.test(text))).toHaveLength(1);
        }
        expect(known.every((text) => /\d (?:ms|s)$/.test(text))).toBe(true);
        await open(tab, `${run("slow")}?tab=steps`);
        const slowest = tab.page.getByRole("row").filter({ hasText: "slowest" });
        await expect.poll(() => slowest.allInnerTexts()).toEqual([expect.stringMatching(/LLM\s+gpt-4o/)]);
        await open(tab, `${run("knowledge")}?tab=steps`);
        expect(await slowest.count()).toBe(0);
      }));

    it("tells transport, route, status and stream of a run, and its trace id to copy", () =>
      visit(async (tab) => {
        await open(tab, `${run("chat", '"stream_type":"sse"')}?tab=attributes`);
        const text = (await tab.text).replace(/\s+/g, " ");
        expect(text).toMatch(/transport openai pipeline chat stream_type sse route \/v1\/chat\/completions status 200/);
        expect(text).toMatch(/trace_id [0-9a-f]{32}/);
        await tab.page.getByRole("button", { name: "Copy trace_id" }).waitFor();
      }));

    it("says why a pipeline failed, without the text of the error", () =>
      visit(async (tab) => {
        await open(tab, run("broken"));
        expect(await tab.text).toMatch(/FAILED\s+broken\.pipeline_wrapper\.LedgerClosed/);
        const failed = (await stepTexts(tab)).filter((text) => text.includes("failed"));
        expect(failed.map((text) => text.replace(/\s+/g, " "))).toContainEqual(
          expect.stringContaining("span ledger failed"),
        );
        await open(tab, `${run("broken")}?tab=log`);
        await tab.page.getByText("error_hash").first().waitFor();
        expect(await tab.text).not.toContain("Traceback");
      }));

    it("shows new runs as they come, hides those before now, and has a choice of themes", () =>
      visit(
        async (tab) => {
          await open(tab, "runs");
          expect(await rows(tab).filter({ hasText: "mcp" }).count()).toBe(0);
          served().store.pushLines(justNow(read("mcp")));
          const fresh = rows(tab).filter({ hasText: "mcp" });
          await expect.poll(() => fresh.count(), { timeout: 20_000 }).toBe(3);
          expect((await fresh.allInnerTexts()).every((text) => text.includes("NEW"))).toBe(true);
          await tab.page.getByRole("radiogroup", { name: "Theme" }).waitFor();
          await tab.page.getByRole("button", { name: "Hide before now" }).click();
          await expect.poll(() => fresh.count()).toBe(0);
          await tab.page.getByRole("button", { name: /^Show runs before/ }).click();
          await expect.poll(() => fresh.count()).toBe(3);
        },
        { width: 1900 },
      ));
  },
  { pollMs: 300 },
);
