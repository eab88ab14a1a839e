import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installedPackage } from "./installed";
import { execIn, filesBelow, NODE, ROOT, readObject } from "./packed";

const MB = 1_000_000;

describe("a project with the package installed", () => {
  const project = installedPackage();

  it("has at most 12 packages and 12 MB", ({ skip }) => {
    const modules = join(project(skip), "node_modules");
    const files = filesBelow(modules);
    const packages = [...files.keys()].filter((name) =>
      /^(.*\/node_modules\/)?(@[^/]+\/)?[^/]+\/package\.json$/.test(name),
    );
    expect(packages).toContain("dunetrace-grafana/package.json");
    expect(packages.length).toBeLessThanOrEqual(12);
    expect([...files.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(12 * MB);
  });

  it("has the command", async ({ skip }) => {
    const folder = project(skip);
    const command = join(folder, "node_modules/.bin/dunetrace");
    expect(existsSync(command)).toBe(true);
    const { stdout } = await execIn(folder, NODE, [command, "--version"]);
    expect(stdout.trim()).toBe(readObject(join(ROOT, "package.json")).version);
    const help = (await execIn(folder, NODE, [command, "--help"])).stdout;
    for (const name of ["check", "runs", "run", "signals", "dev", "demo", "baselines", "precision", "schema"]) {
      expect(help).toMatch(new RegExp(`^\\s+${name}\\b`, "m"));
    }
  });

  it("can reach the thresholds, the schema and the manifest from both module systems", async ({ skip }) => {
    const program = `
      import { createRequire } from "node:module";
      import { readFileSync } from "node:fs";
      import { fileURLToPath } from "node:url";
      const require = createRequire(import.meta.url);
      for (const name of ["detectors.yml", "schema/dunetrace-line.schema.json", "package.json"]) {
        const path = fileURLToPath(import.meta.resolve("dunetrace-grafana/" + name));
        if (path !== require.resolve("dunetrace-grafana/" + name)) throw new Error(name);
        if (readFileSync(path, "utf8").length < 100) throw new Error(name + " is empty");
      }`;
    await execIn(project(skip), NODE, ["--input-type=module", "--eval", program]);
  });
});
