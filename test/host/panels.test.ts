import { describe, expect, it } from "vitest";
import { describeHosted } from "./hosted";

describeHosted("the panels", ({ react, store, visit }) => {
  const looping = (): string => {
    const line = store().lines.find((one) => one.includes('"signal.detected"') && one.includes("TOOL_LOOP"));
    return /"run_id":"([^"]+)"/.exec(line ?? "")?.[1] ?? "";
  };
  const addressOf = (id: string, query?: object): string =>
    `/panel/${id}?${query === undefined ? "" : new URLSearchParams({ query: JSON.stringify({ version: 1, ...query }) })}`;

  describe.each(["dark", "light"] as const)("in %s", (theme) => {
    it("draw the timeline of a run", () =>
      visit(
        addressOf("dunetrace-timeline-panel", { queryType: "run", runId: looping(), format: "logs" }),
        async (tab) => {
          await tab.page.getByText(looping().slice(0, 8)).first().waitFor();
          await tab.screenshot(`timeline-panel-${theme}-react${react}`);
          expect(await tab.violations(true)).toEqual([]);
        },
        { options: { theme } },
      ));

    it("list signals", () =>
      visit(
        addressOf("dunetrace-signals-panel", { queryType: "signals" }),
        async (tab) => {
          await tab.page.getByText("CRITICAL").first().waitFor();
          await tab.screenshot(`signals-panel-${theme}-react${react}`);
          expect(await tab.violations(true)).toEqual([]);
        },
        { options: { theme } },
      ));
  });

  it.each(["dunetrace-timeline-panel", "dunetrace-signals-panel"])("%s says what is missing", (id) =>
    visit(addressOf(id), async (tab) => {
      await tab.page.getByText("Unable to render data").waitFor();
    }),
  );
});
