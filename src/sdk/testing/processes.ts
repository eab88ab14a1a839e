import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** How a child process ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs scripts in processes of their own, with the SDK bundled as ESM and CJS beside them. */
export class Processes {
  readonly folder: string;
  readonly #children = new Set<ChildProcess>();
  #scripts = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async prepare(): Promise<Processes> {
    const folder = mkdtempSync(join(tmpdir(), "dunetrace-processes-"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    await build({
      config: false,
      cwd: ROOT,
      entry: { sdk: "src/sdk/index.ts" },
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
    return new Processes(folder);
  }

  /** Starts a script; `SDK` in it is the bundled SDK, as ESM. */
  start(script: string, env: Readonly<Record<string, string>> = {}): ChildProcess {
    const file = join(this.folder, `script-${this.#scripts++}.mjs`);
    writeFileSync(file, `import * as SDK from "./sdk.mjs";\n${script}`);
    const child = spawn(process.execPath, [file], { env: { PATH: process.env.PATH, ...env }, cwd: this.folder });
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    return child;
  }

  /** Runs a script to its end, reading all it writes. */
  run(script: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return ended(this.start(script, env));
  }

  dispose(): void {
    for (const child of this.#children) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits for the end of a child and collects what it writes meanwhile. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...how) => resolve(how));
  });
  return { code, signal, stdout, stderr };
}
