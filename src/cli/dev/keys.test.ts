import { describe, expect, it } from "vitest";
import { keysOf } from "./keys";

describe("keysOf", () => {
  it("reads letters, arrows in both modes and several keys sent at once", () => {
    expect(keysOf("j")).toEqual(["down"]);
    expect(keysOf("\u001b[A\u001bOB\r")).toEqual(["up", "down", "open"]);
    expect(keysOf("\u001b[5~\u001b[6~")).toEqual(["pageUp", "pageDown"]);
  });

  it("tells Escape from the start of a sequence", () => {
    expect(keysOf("\u001b")).toEqual(["back"]);
    expect(keysOf("\u001b[C")).toEqual(["open"]);
  });

  it("takes an interrupt as quit and leaves out what means nothing", () => {
    expect(keysOf("\u0003")).toEqual(["quit"]);
    expect(keysOf("xyz\u001b[24~\u001b[1;5Cé")).toEqual([]);
  });
});
