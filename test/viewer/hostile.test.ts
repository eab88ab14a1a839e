import { expect, it } from "vitest";
import { RunWriter } from "../../src/cli/testing/runWriter";
import { describeViewer } from "./viewed";

/** Every text holds this word, so that it can be told wherever it comes out. */
const MARK = "pwned";
const TEXTS = [
  `<img src=x onerror="document.title='${MARK}'">`,
  `"><script>document.title="${MARK}"</script>`,
  `"} or {agent_id=~".+"} |= "${MARK}`,
  `\`} | json | ${MARK}`,
  `${MARK}' OR 1=1 -- {{.run_id}} $\{a}`,
  `javascript:document.title="${MARK}"`,
  `../../${MARK}?x=1#y&z=%00`,
  `${MARK}\ntwo\tlines`,
  `${MARK} &lt;b&gt; ‮RTL`,
];
const LONG = `${MARK}${"x".repeat(2000)}`;

/** Looping runs whose every name was written by somebody who knows HTML and LogQL. */
function lines(): string[] {
  const now = Date.now() * 1000;
  return [...TEXTS, LONG].flatMap((text, at) => {
    const run = new RunWriter({
      ...{ agent_id: `agent ${text}`, agent_version: `version ${text}`, run_id: `run${at} ${text}` },
      ...{ session_id: `session ${text}`, start: now - (at + 1) * 60_000_000 },
      started: { input_hash: "2cf24dba5fb0a30e", input_length: 5, tools: [text], model: `model ${text}` },
    });
    for (let call = 0; call < 4; call++) {
      run.llm({ finish_reason: "tool_calls", tool_call_count: 1 }).tool(text, "aaaaaaaaaaaaaaaa");
    }
    return run.errored({ error_type: `error ${text}` }).lines;
  });
}

const addresses = (text: string, at: number): string[] => {
  const [run, agent] = [encodeURIComponent(`run${at} ${text}`), encodeURIComponent(`agent ${text}`)];
  const filters = new URLSearchParams({
    agent: `agent ${text}`,
    version: `version ${text}`,
    session: `session ${text}`,
    find: text,
    q: text,
    text,
  });
  return [
    `runs/${run}?tab=timeline`,
    `runs/${run}?tab=attributes&find=${encodeURIComponent(text)}`,
    `agents/${agent}`,
    `runs?${filters}`,
    `signals?${filters}`,
  ];
};

/** What is left of a query without the texts in it. */
const outsideTexts = (query: string): string => query.replace(/"(?:\\.|[^"\\])*"|`[^`]*`/gs, '""');

describeViewer("names written by somebody who knows HTML and LogQL", lines, ({ visit }) => {
  const all = ["", "runs", "signals?view=flat", "agents", "detectors"];

  it.each([["every list", all] as const, ...[...TEXTS, LONG].map((text, at) => [text, addresses(text, at)] as const)])(
    "are shown as texts: %s",
    (_name, places) =>
      visit(async (tab) => {
        const queries: string[] = [];
        tab.page.on("request", (request) => {
          const { searchParams, pathname } = new URL(request.url());
          if (!pathname.startsWith("/loki/")) return;
          queries.push(searchParams.get("query") ?? new URLSearchParams(request.postData() ?? "").get("query") ?? "");
        });
        for (const place of places) {
          await tab.goto(place);
          await tab.settled();
          expect(await tab.page.title()).not.toContain(MARK);
          expect(await tab.page.locator("main :is(img, script, iframe, b)").count()).toBe(0);
          expect(await tab.page.locator('main a[href^="javascript:" i]').count()).toBe(0);
          expect([place, await tab.page.getByTestId("state-failed").allInnerTexts()]).toEqual([place, []]);
          expect([place, await tab.overflow]).toEqual([place, 0]);
        }
        if (places !== all) expect((await tab.text).includes("&quot;")).toBe(false);
        expect(queries.filter((query) => outsideTexts(query).includes(MARK))).toEqual([]);
      }),
    60_000,
  );

  it("find the run that is meant", () =>
    visit(async (tab) => {
      for (const [at, text] of TEXTS.entries()) {
        await tab.goto(`runs/${encodeURIComponent(`run${at} ${text}`)}`);
        await tab.page.getByTestId("timeline").waitFor();
        expect(await tab.page.locator("main").textContent()).toContain(`agent ${text}`);
      }
    }));
});
