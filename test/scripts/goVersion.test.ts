import { describe, expect, it } from "vitest";
import { toolchainModule } from "../../scripts/goToolchain.mjs";
import { goProblem, isOlder, neededGo } from "../../scripts/goVersion.mjs";

describe("the version of Go", () => {
  it("is compared by numbers", () => {
    expect(isOlder("go1.9.9", "1.26")).toBe(true);
    expect(isOlder("go1.26.8", "1.26.5")).toBe(false);
    expect(isOlder("go1.26", "1.26.5")).toBe(true);
    expect(isOlder("go1.26.5", "1.26.5")).toBe(false);
  });

  it("is read from go.mod", () => {
    expect(neededGo("module a\n\ngo 1.26.5\n\nrequire b v1.2.3\n")).toBe("1.26.5");
    expect(() => neededGo("module a\n")).toThrow("no line with the version");
  });

  it("is refused with what to do when it is missing or too old to fetch another one", () => {
    expect(goProblem(undefined, "1.26.5")).toMatch(/^there is no Go: install Go 1\.26\.5 or later/);
    expect(goProblem("go1.15.8", "1.26.5")).toMatch(/^go1\.15\.8 is too old: install Go 1\.26\.5/);
    expect(goProblem("go1.19.8", "1.26.5")).toBeUndefined();
    expect(goProblem("go1.26.8", "1.26.5")).toBeUndefined();
  });
});

describe("the module of a Go", () => {
  it("is named as Go names systems and processors", () => {
    const of = (platform: NodeJS.Platform, arch: NodeJS.Architecture): string =>
      toolchainModule("1.26.5", { platform, arch });
    expect(of("linux", "x64")).toBe("golang.org/toolchain@v0.0.1-go1.26.5.linux-amd64");
    expect(of("darwin", "arm64")).toBe("golang.org/toolchain@v0.0.1-go1.26.5.darwin-arm64");
    expect(of("win32", "x64")).toBe("golang.org/toolchain@v0.0.1-go1.26.5.windows-amd64");
  });
});
