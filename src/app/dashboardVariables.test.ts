import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilters } from "../components/filters/parseFilters";
import { parseAddress } from "./address";

describe("an address of a dashboard's link", () => {
  it("asks what the variables of the dashboard say", () => {
    const search =
      "?status=errored&var-datasource=agents&var-agent=a&var-agent=b&var-version=v1&var-severity=HIGH&var-type=TOOL_LOOP&var-loki=loki&from=now-1h";
    expect(parseAddress("runs", search)).toEqual({
      page: "runs",
      params: {
        status: "errored",
        ds: "agents",
        agent: "a,b",
        version: "v1",
        severity: "HIGH",
        type: "TOOL_LOOP",
        from: "now-1h",
      },
    });
  });

  it("filters nothing by All", () => {
    const search = "?var-agent=$__all&var-version=.*&var-type=";
    expect(parseAddress("signals", search)).toEqual({ page: "signals", params: {} });
  });

  it("lets our own parameters win", () => {
    expect(parseAddress("runs", "?agent=mine&var-agent=theirs")?.params).toEqual({ agent: "mine" });
  });

  it("keeps every name of an agent as it is", () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 });
    const all = new Set(["$__all", ".+", ".*"]);
    fc.assert(
      fc.property(
        names.filter((list) => !list.some((name) => all.has(name))),
        (agents) => {
          const search = new URLSearchParams(agents.map((agent) => ["var-agent", agent]));
          expect(parseFilters(parseAddress("runs", `?${search}`)?.params ?? {}).agents).toEqual(agents);
        },
      ),
    );
  });
});
