import { describe, expect, it } from "vitest";
import { DEFAULT_OPTIONS, migrateOptions, OPTIONS_VERSION } from "./options";

describe("migrateOptions", () => {
  it("keeps what makes sense and replaces the rest by the default", () => {
    expect(migrateOptions(undefined)).toEqual(DEFAULT_OPTIONS);
    expect(migrateOptions({ run_id: "$run", showInner: false, slowStepMinMs: 50, more: 1 })).toEqual({
      version: OPTIONS_VERSION,
      run_id: "$run",
      showInner: false,
      slowStepMinMs: 50,
    });
    expect(migrateOptions({ run_id: 3, showInner: "yes", slowStepMinMs: Number.NaN })).toEqual(DEFAULT_OPTIONS);
  });
});
