import { describe, expect, it } from "vitest";
import { parseScope } from "../../logql/builders";
import { rulesCommand } from "./rulesCommand";

const START = "npx -p dunetrace-grafana dunetrace rules --detectors detectors.yml";

describe("rulesCommand", () => {
  it("says only what is not the default", () => {
    expect(rulesCommand({ severity: "HIGH", datasource: "loki", scope: [] })).toBe(
      `${START} --min-severity HIGH --out provisioning`,
    );
  });

  it("names the data source and the base selector, as one word of a shell each", () => {
    const { base: scope = [] } = parseScope(`{cluster="eu", team=~"it's|b"}`);
    expect(rulesCommand({ severity: "LOW", datasource: "P8E80F9AEF21F6940", scope })).toBe(
      `${START} --min-severity LOW --datasource P8E80F9AEF21F6940 --selector '{cluster="eu", team=~"it'\\''s|b"}' --out provisioning`,
    );
  });
});
