import { describe, expect, it } from "vitest";
import { actionOf } from "./keys";

const press = (key: string, more = {}) =>
  actionOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

describe("actionOf", () => {
  it("knows the keys of the timeline", () => {
    expect(press("ArrowDown")).toEqual({ kind: "step", by: 1 });
    expect(press("ArrowLeft")).toEqual({ kind: "step", by: -1 });
    expect(press("ArrowLeft", { shiftKey: true })).toEqual({ kind: "pan", by: -1 });
    expect(["Enter", "Escape", "/", "+", "=", "-", "0"].map((key) => press(key)?.kind)).toEqual([
      "open",
      "close",
      "find",
      "zoomIn",
      "zoomIn",
      "zoomOut",
      "zoomAll",
    ]);
  });

  it("leaves all others, and those of the browser, alone", () => {
    expect(press("a")).toBeUndefined();
    expect(press("+", { ctrlKey: true })).toBeUndefined();
    expect(press("ArrowLeft", { altKey: true })).toBeUndefined();
  });
});
