import { expect, it } from "vitest";
import { exploreAddress } from "./explore";

it("carries query and range through the address whole", () => {
  const logql = '{agent="a&b"} |= "50% \\"x\\" #1"';
  const url = new URL(exploreAddress("loki-1", logql, { from: 1000.5, to: 2000.5 }), "http://grafana");
  expect(url.pathname).toBe("/explore");
  expect(url.searchParams.get("schemaVersion")).toBe("1");
  expect(JSON.parse(url.searchParams.get("panes") ?? "")).toEqual({
    runs: {
      datasource: "loki-1",
      queries: [
        {
          refId: "A",
          datasource: { type: "loki", uid: "loki-1" },
          expr: logql,
          queryType: "range",
          editorMode: "code",
        },
      ],
      range: { from: "1000", to: "2001" },
    },
  });
});
