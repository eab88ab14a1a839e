import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { licenseFile, packageFolder, readPackage } from "../../scripts/thirdPartyLicenses";

describe("packageFolder", () => {
  it("is the folder of the innermost package, with its scope", () => {
    expect(packageFolder("/a/node_modules/yaml/dist/index.js")).toBe("/a/node_modules/yaml");
    expect(packageFolder("/a/node_modules/@x/y/node_modules/@z/w/i.js")).toBe("/a/node_modules/@x/y/node_modules/@z/w");
  });

  it("is undefined for our own modules and for virtual ones", () => {
    expect(packageFolder("/a/src/core/index.ts")).toBeUndefined();
    expect(packageFolder("\0rolldown/runtime.js")).toBeUndefined();
  });
});

describe("the licences of bundled packages", () => {
  let folder = "";
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dunetrace-licence-"));
    mkdirSync(folder, { recursive: true });
    put("package.json", '{"name":"@x/y","version":"1.2.3","license":"MIT"}');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are read whatever the file is called", () => {
    put("LICENSE.md", "Do as you like\n");
    expect(readPackage(folder)).toEqual({ name: "@x/y", version: "1.2.3", license: "MIT", text: "Do as you like" });
  });

  it("may be the last section of the README", () => {
    put(
      "README.md",
      "# y\n\nWhat it does\n\n## License\n\n(MIT)\n\nCopyright (c) Somebody\n\nPermission is hereby granted\n",
    );
    expect(readPackage(folder).text).toBe("(MIT)\n\nCopyright (c) Somebody\n\nPermission is hereby granted");
  });

  it("must be told there, not only named", () => {
    put("README.md", "# y\n\n## License\n\nMIT\n");
    expect(() => readPackage(folder)).toThrow("has no licence file");
  });

  it("must be there", () => {
    expect(() => readPackage(folder)).toThrow("has no licence file");
  });

  it("are the text of Apache-2.0 and the author where a package under it brings no file", () => {
    put("package.json", '{"name":"@x/y","version":"1.2.3","license":"Apache-2.0","author":"Some Lab"}');
    const { text } = readPackage(folder);
    expect(text).toMatch(/^By Some Lab\n\nApache License\n/);
    expect(text).toContain("END OF TERMS AND CONDITIONS");
  });

  it("are listed by name", () => {
    const one = { name: "b", version: "1.0.0", license: "MIT", text: "text of b" };
    const text = licenseFile([one, { ...one, name: "a", text: "text of a" }]);
    expect(text.indexOf("a 1.0.0 (MIT)\n\ntext of a\n")).toBeGreaterThan(0);
    expect(text.indexOf("b 1.0.0 (MIT)\n\ntext of b\n")).toBeGreaterThan(text.indexOf("text of a"));
  });
});
