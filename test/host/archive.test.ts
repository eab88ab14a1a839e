import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import { archiveOf, archiveProblems, readFolder } from "../../scripts/pluginArchive.mjs";

const ROOT = join(import.meta.dirname, "../..");

it("the built app packs into an archive that Grafana takes", () => {
  const { version }: { version: string } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(archiveProblems(unzipSync(archiveOf(readFolder(join(ROOT, "dist")))), version)).toEqual([]);
});
