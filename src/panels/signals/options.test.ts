import { describe, expect, it } from "vitest";
import { DEFAULT_OPTIONS, migrateOptions } from "./options";

describe("migrateOptions", () => {
  it("keeps what a dashboard saved", () => {
    expect(migrateOptions({ version: 1, shadow: "hidden" })).toEqual({ version: 1, shadow: "hidden" });
  });

  it.each([undefined, null, 5, {}, { version: "x", shadow: true, more: 1 }])("makes defaults of %j", (saved) => {
    expect(migrateOptions(saved)).toEqual(DEFAULT_OPTIONS);
  });
});
