import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dunetrace-auto-"));

beforeAll(async () => {
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await build({
    config: false,
    cwd: ROOT,
    entry: { sdk: "src/sdk/index.ts", auto: "src/integrations/auto/index.ts" },
    outDir: folder,
    format: ["esm", "cjs"],
    fixedExtension: true,
    platform: "node",
    target: "node20.12",
    clean: false,
    dts: false,
    hash: false,
    report: false,
    logLevel: "silent",
    checks: { legacyCjs: false, pluginTimings: false },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program; what it prints as JSON. */
function run(name: string, program: string): unknown {
  const file = join(folder, name);
  writeFileSync(file, program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  const printed: unknown = JSON.parse(stdout);
  return printed;
}

/** One model call in a run, to a port that nobody listens on; prints the types of its lines. */
const CALL = `
  const lines = [];
  const dt = new Dunetrace({ logger: { write: (line) => lines.push(JSON.parse(line).event_type) } });
  const openai = new OpenAI({ apiKey: "k", baseURL: "http://127.0.0.1:1/v1", maxRetries: 0 });
  await dt.run("agent", () => openai.chat.completions.create({ model: "m", messages: [] }).catch(() => "failed"));
`;
const TOLD = ["run.started", "llm.called", "llm.responded", "run.completed"];
const ALL = [
  "fetch",
  "undici",
  "http",
  "openai.chat.completions",
  "openai.responses",
  "openai.completions",
  "anthropic.messages",
  "anthropic.beta.messages",
];

describe("a program", () => {
  it("in CommonJS is covered at once, packages it loads later included", () => {
    const printed = run(
      "app.cjs",
      `const { autoInstrument } = require("./auto.cjs");
       const { Dunetrace } = require("./sdk.cjs");
       const done = autoInstrument();
       const OpenAI = require("openai");
       (async () => {
         ${CALL}
         console.log(JSON.stringify([lines, (await done).patched]));
       })();`,
    );
    expect(printed).toEqual([TOLD, ALL]);
  });

  it("of ES modules is covered once, by whichever build of this package comes first", () => {
    const printed = run(
      "app.mjs",
      `import { createRequire } from "node:module";
       import OpenAI from "openai";
       import { autoInstrument } from "./auto.mjs";
       import { Dunetrace } from "./sdk.mjs";
       const { patched } = await autoInstrument();
       const again = await createRequire(import.meta.url)("./auto.cjs").autoInstrument();
       ${CALL}
       console.log(JSON.stringify([lines, patched, again.patched]));`,
    );
    expect(printed).toEqual([TOLD, ALL, []]);
  });

  it("without the packages gets the rest", () => {
    const away = mkdtempSync(join(tmpdir(), "dunetrace-auto-away-"));
    try {
      const file = join(away, "app.mjs");
      const auto = JSON.stringify(join(folder, "auto.mjs"));
      writeFileSync(
        file,
        `const { autoInstrument } = await import(${auto});
         console.log(JSON.stringify((await autoInstrument()).patched));`,
      );
      const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: away, encoding: "utf8" });
      expect([stdout.trim(), stderr]).toEqual([JSON.stringify(["fetch", "undici", "http"]), ""]);
    } finally {
      rmSync(away, { recursive: true, force: true });
    }
  });
});
