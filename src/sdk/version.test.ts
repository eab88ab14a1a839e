import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SDK_NAME, SDK_VERSION } from "./version";

it("names the package as package.json does", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(manifest).toMatchObject({ name: SDK_NAME, version: SDK_VERSION });
});
