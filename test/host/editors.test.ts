import { expect, it } from "vitest";
import type { HostTab } from "./driver";
import { describeHosted } from "./hosted";

/** What an editor says comes with its next render. */
const SOON = { timeout: 15_000, interval: 50 };

const addressOf = (kind: string, query: object): string =>
  `/${kind}?${new URLSearchParams({ query: JSON.stringify({ version: 1, ...query }) })}`;

/** Chooses by keyboard, as any reader can. */
async function choose(tab: HostTab, label: string, option: string): Promise<void> {
  await tab.page.getByRole("combobox", { name: label, exact: true }).click();
  await tab.page.getByRole("option", { name: option }).first().click();
}

async function fill(tab: HostTab, label: string, text: string): Promise<void> {
  // The description of a field is a part of its name.
  const field = tab.page.getByRole("textbox", { name: new RegExp(`^${label}`) });
  await field.fill(text);
  await field.press("Enter");
}

const ran = async (tab: HostTab): Promise<number> => Number(await tab.page.getByTestId("host-runs").textContent());

interface Case {
  readonly type: string;
  readonly query: object;
  readonly act: (tab: HostTab) => Promise<void>;
  readonly expected: object;
}

const QUERIES: readonly Case[] = [
  {
    type: "runs",
    query: { queryType: "runs" },
    act: async (tab) => {
      await choose(tab, "Order", "Slowest first");
      await fill(tab, "Rows", "7");
    },
    expected: { queryType: "runs", sort: "slowest", limit: 7 },
  },
  {
    type: "run",
    query: { queryType: "run", runId: "a" },
    act: async (tab) => {
      await choose(tab, "Show as", "Trace");
      await fill(tab, "Run id", "$run");
    },
    expected: { queryType: "run", runId: "$run", format: "trace" },
  },
  {
    type: "signals",
    query: { queryType: "signals" },
    act: async (tab) => {
      await choose(tab, "Severity", "HIGH");
      await tab.page.getByLabel("Shadow signals").check({ force: true });
    },
    expected: { queryType: "signals", filter: { minSeverity: "HIGH", shadow: true } },
  },
  {
    type: "signal rate",
    query: { queryType: "signalRate" },
    act: (tab) => fill(tab, "Length of a bar", "5m"),
    expected: { queryType: "signalRate", step: "5m" },
  },
  {
    type: "agents",
    query: { queryType: "agents" },
    act: (tab) => fill(tab, "Environment", "prod"),
    expected: { queryType: "agents", filter: { environment: "prod" } },
  },
  {
    type: "what-if",
    query: { queryType: "whatIf", failureType: "TOOL_LOOP" },
    act: async (tab) => {
      await fill(tab, "threshold", "3, 5");
      await choose(tab, "Show as", "Runs");
    },
    expected: { queryType: "whatIf", thresholds: { threshold: "3, 5" }, format: "runs" },
  },
];

describeHosted("the editors", ({ react, store, visit }) => {
  const aRun = (): string => /"run_id":"([^"]+)"/.exec(store().lines[0] ?? "")?.[1] ?? "";

  it.each(QUERIES)("ask for $type", ({ type, query, act, expected }) =>
    visit(addressOf("query", query), async (tab) => {
      await act(tab);
      await expect.poll(() => tab.value(), SOON).toMatchObject(expected);
      await expect.poll(() => ran(tab), SOON).toBeGreaterThan(0);
      await tab.screenshot(`query-editor-${type.replace(" ", "-")}-react${react}`);
      expect(await tab.violations(true)).toEqual([]);
    }),
  );

  it("change the query type, and keep the filter", () =>
    visit(addressOf("query", { queryType: "runs", filter: { text: "x" } }), async (tab) => {
      await choose(tab, "Query type", "Agents");
      await expect.poll(() => tab.value(), SOON).toMatchObject({ queryType: "agents", filter: { text: "x" } });
    }));

  it("refuse a number of rows that makes no sense, and say why", () =>
    visit(addressOf("query", { queryType: "runs" }), async (tab) => {
      await fill(tab, "Rows", "0");
      await tab.page.getByText("A whole number from 1 to 9999").waitFor();
      await expect.poll(() => tab.value(), SOON).not.toHaveProperty("limit");
    }));

  it("mark deployments on a dashboard", () =>
    visit(addressOf("annotation", { queryType: "annotations" }), async (tab) => {
      await choose(tab, "Mark", "Deployments");
      await expect.poll(() => tab.value(), SOON).toMatchObject({ queryType: "annotations", annotation: "deploys" });
      expect(await tab.violations(true)).toEqual([]);
    }));

  it("make the values of a variable", () =>
    visit(addressOf("variable", {}), async (tab) => {
      await choose(tab, "Values", "Failure types");
      await fill(tab, "Session", "s1");
      await expect.poll(() => tab.value(), SOON).toMatchObject({ kind: "failureTypes", filter: { session: "s1" } });
      expect(await tab.violations(true)).toEqual([]);
    }));

  it("set the data source up", () =>
    visit("/datasource", async (tab) => {
      await fill(tab, "Base selector", '{cluster="eu"}');
      await fill(tab, "Write URL", "http://collector:4318/v1/events");
      await expect
        .poll(() => tab.value(), SOON)
        .toMatchObject({
          lokiUid: "loki",
          baseSelector: '{cluster="eu"}',
          writeUrl: "http://collector:4318/v1/events",
        });
      await fill(tab, "Base selector", "{broken");
      await expect.poll(() => tab.value(), SOON).toMatchObject({ baseSelector: '{cluster="eu"}' });
      expect(await tab.violations(true)).toEqual([]);
    }));

  it("change the options of the timeline panel", () =>
    visit(
      `${addressOf("panel/dunetrace-timeline-panel", { queryType: "run", runId: aRun(), format: "logs" })}&edit`,
      async (tab) => {
        await tab.page.getByRole("textbox", { name: /^Run/ }).last().fill("no-such-run");
        await tab.page.getByText("No line of the run no-such-run is in the data").waitFor();
      },
    ));

  it("change the options of the signals panel", () =>
    visit(`${addressOf("panel/dunetrace-signals-panel", { queryType: "signals" })}&edit`, async (tab) => {
      const hidden = tab.page.getByRole("radio", { name: "Hidden" });
      await hidden.check();
      expect(await hidden.isChecked()).toBe(true);
    }));
});
