import { describe, expect, it } from "vitest";
import { DASHBOARDS } from "../../dashboards";
import { parseAddress } from "../../src/app/address";
import { parseFilters, runFilterOf } from "../../src/components/filters/parseFilters";
import { parseStatuses } from "../../src/components/runs/status";

const APP = "/a/dunetrace-agents-app/";
const CHOSEN: Readonly<Record<string, readonly string[]>> = {
  datasource: ["dunetrace-agents"],
  loki: ["loki"],
  agent: ["research-agent", 'a, "b" & c'],
  version: ["v1", 'v"2'],
};

/** As Grafana fills in a link; `percentencode` braces several values. */
function followed(url: string, chosen = CHOSEN): string {
  return url.replaceAll(/\$\{(\w+)(?::(\w+))?\}/g, (whole, name: string, format?: string) => {
    if (name === "__url_time_range") return "from=now-6h&to=now";
    const values = chosen[name];
    if (values === undefined) throw new Error(`${whole} is no variable`);
    if (format === "queryparam") return values.map((value) => `var-${name}=${encodeURIComponent(value)}`).join("&");
    if (format !== "percentencode" || values.length !== 1) throw new Error(`${whole} does not come through`);
    return encodeURIComponent(values[0] ?? "");
  });
}

/** The links of panels by their panel. */
const LINKS = Object.values(DASHBOARDS).flatMap(({ panels }) =>
  panels.flatMap(({ title, links = [] }) => links.map(({ url }) => ({ title, url }))),
);

/** The page of the app that a link leads to. */
function page(url: string, chosen = CHOSEN) {
  const { pathname, searchParams } = new URL(followed(url, chosen), "http://grafana");
  return parseAddress(pathname.slice(APP.length), `?${searchParams}`);
}

describe("links of panels into the app", () => {
  const into = LINKS.filter(({ url }) => url.startsWith(APP));

  it("are there for failed and for finished runs", () => {
    const statuses = into.map(({ title, url }) => [title, [...(parseStatuses(page(url)?.params.status) ?? [])]]);
    expect(statuses).toEqual([
      ["Failed runs", ["errored"]],
      ["Finished runs", ["errored", "completed"]],
    ]);
  });

  it.each(into)("of $title ask what the dashboard asks", ({ url }) => {
    const at = page(url);
    expect(at).toMatchObject({ page: "runs", params: { ds: "dunetrace-agents", from: "now-6h", to: "now" } });
    const filters = parseFilters(at?.params ?? {});
    expect(filters.ignored).toEqual([]);
    expect(runFilterOf(filters)).toEqual({ agents: CHOSEN.agent, versions: CHOSEN.version });
  });

  it.each(into)("of $title filter nothing by All", ({ url }) => {
    const all = { ...CHOSEN, agent: ["$__all"], version: ["$__all"] };
    expect(runFilterOf(parseFilters(page(url, all)?.params ?? {}))).toEqual({});
  });
});

describe("links of panels to dashboards", () => {
  it("keep everything that is chosen, and the severity that was counted", () => {
    const [to, ...others] = LINKS.filter(({ url }) => url.startsWith("/d/"));
    expect(others).toEqual([]);
    const { pathname, searchParams } = new URL(followed(to?.url ?? ""), "http://grafana");
    expect(pathname).toBe("/d/dunetrace-signals");
    expect(searchParams.get("var-severity")).toBe("HIGH");
    for (const [name, values] of Object.entries(CHOSEN)) expect(searchParams.getAll(`var-${name}`)).toEqual(values);
  });
});
