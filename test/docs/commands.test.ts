import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenedStore, openStore } from "../../src/loki";
import { commands } from "./codeBlocks";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CLI = path.join(ROOT, "lib/cli.mjs");

/** Commands that other tests run, and which. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "LOKI_URL=http://localhost:3100 promtail -config.file=promtail/file.yml -config.expand-env=true":
    "test/promtail/pipelines.test.ts",
  "LOKI_URL=http://localhost:3100 alloy run --storage.path=/var/lib/alloy alloy/file.alloy":
    "by nobody here, as the page says",
  "kubectl apply -k .": "by nobody here, as the page says; test/docs/shipping.test.ts reads the manifests",
  "npm ci": "every checkout, before these tests",
  "npm ci && npm start": "test/scripts/pipeline.test.ts",
  "npm start": "test/scripts/pipeline.test.ts",
  "npm ci && npm test": "this very run",
  "npm run loki:build": "every run of CI, before the tests",
  "npm run stack": "by hand: it goes on until it is stopped",
  "docker compose up": "by hand, from docs/release-checklist.md; test/compose/compose.test.ts reads the file",
  "npm run bench": "by hand: figures are no tests",
  "npm run build": "every run of the tests, before them",
  "npm ci && npm run build": "every run of the tests, before them",
};

/** Commands of a kind that other tests run, or that are no commands of this repository, and why none is run here. */
const RUN_ELSEWHERE_BY_KIND: readonly (readonly [kind: RegExp, where: string])[] = [
  [/^npm install dunetrace-grafana( [@\w/-]+)*$/, "the packed package is installed by test/package"],
  [/^node examples\/run\.mjs [\w-]+ \| npx dunetrace runs -$/, "test/demo/examples.test.ts"],
  [/^npm run test:systems( |$)/, "a run of the tests of its own, in CI"],
  [/^(python3? -m )?(pip install|venv) /, "test/systems installs the same packages"],
  [/^(\. |source )\S*bin\/activate$/, "as above"],
  [/^export [A-Z_]+=/, "a setting without a command"],
  [/^([A-Z_]+=\S+ )*(hayhooks|opentelemetry-instrument) /, "test/systems starts the same"],
];

/** The Loki of the documents; the store of these tests stands in for it. */
const DOCUMENTED_LOKI = "http://localhost:3100";
/** The collector of the documents; one that asks that store stands in for it. */
const DOCUMENTED_COLLECTOR = "http://127.0.0.1:4318";

const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-docs-"));
let loki = { url: "" };
let store: OpenedStore | undefined;
let collector: { readonly url: string; readonly process: ChildProcess } | undefined;
const bin = path.join(folder, "bin");

/** A command of the folder's own on the PATH. */
function shim(name: string, script: string): void {
  writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, name), 0o755);
}

/** Commands that go on until they are stopped, and what each has said by the time that it works. */
const ENDLESS: readonly (readonly [command: RegExp, works: string])[] = [
  [/ dev \S+\.ndjson( --listen \S+)?$/, "completed"],
  [/ loki --listen /, "Grafana"],
  [/ collect /, "Collecting on"],
];

/** Runs a command to its end, or until it has shown that it works. */
function run(documented: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const works = ENDLESS.find(([endless]) => endless.test(documented))?.[1];
  const follows = works !== undefined;
  const command = documented
    .replaceAll(DOCUMENTED_LOKI, loki.url)
    .replaceAll(DOCUMENTED_COLLECTOR, collector?.url ?? DOCUMENTED_COLLECTOR)
    .replace("127.0.0.1:3100", "127.0.0.1:0")
    .replace(/ collect (?!.*--listen)/, " collect --listen 127.0.0.1:0 ");
  const child = spawn("/bin/sh", ["-c", follows ? `exec ${command}` : command], {
    cwd: folder,
    env: { PATH: `${bin}:${path.dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    const stopOnceItWorks = (): void => {
      if (follows && !child.killed && `${stdout}${stderr}`.includes(works)) child.kill("SIGINT");
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      stopOnceItWorks();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      stopOnceItWorks();
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A collector that goes on until it is killed. */
function startCollector(): Promise<{ url: string; process: ChildProcess }> {
  const options = ["collect", "--listen", "127.0.0.1:0", "--file", "collected.ndjson", "--query-loki", loki.url];
  const child = spawn(process.execPath, [CLI, ...options], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      const url = /Collecting on (\S+),/.exec(stderr)?.[1];
      if (url !== undefined) resolve({ url, process: child });
    });
    child.on("close", () => reject(new Error(stderr)));
  });
}

describe("the commands of the documents", () => {
  beforeAll(async () => {
    mkdirSync(bin);
    shim("npx", `[ "$1" = dunetrace ] || exit 64\nshift\nexec '${process.execPath}' '${CLI}' "$@"`);
    shim("dunetrace", `exec '${process.execPath}' '${CLI}' "$@"`);
    shim("python3", `cat '${path.join(ROOT, "test/fixtures/python/dunetrace-0.3.21.ndjson")}'`);
    for (const name of [
      "test",
      "lib",
      "examples",
      "node_modules",
      "src",
      "package.json",
      "tsconfig.lib.json",
      "tsconfig.base.json",
    ]) {
      symlinkSync(path.join(ROOT, name), path.join(folder, name));
    }
    copyFileSync(path.join(ROOT, "detectors.yml"), path.join(folder, "detectors.yml"));
    const { stdout } = await run("dunetrace demo --runs 40 --seed 3");
    writeFileSync(path.join(folder, "agents.ndjson"), stdout);
    writeFileSync(path.join(folder, "runs.ndjson"), stdout);
    writeFileSync(path.join(folder, "what-if.yml"), "default:\n  tool_loop:\n    threshold: 4\n");
    store = openStore({ clock: () => Date.now() });
    expect(store.pushLines(stdout.trimEnd().split("\n"))).toMatchObject({ broken: 0, foreign: 0, refused: 0 });
    loki = await store.serve({ port: 0 });
    collector = await startCollector();
  });
  afterAll(async () => {
    if (collector !== undefined) {
      const closed = once(collector.process, "close");
      collector.process.kill();
      await closed;
    }
    await store?.close();
    rmSync(folder, { recursive: true });
  });

  const all = [...new Map(commands().map((one) => [one.command, one])).values()];
  const here = all.filter(
    ({ command }) => !(command in RUN_ELSEWHERE) && !RUN_ELSEWHERE_BY_KIND.some(([kind]) => kind.test(command)),
  );

  it("are known to this test where it does not run them", () => {
    expect(all.map(({ command }) => command)).toEqual(expect.arrayContaining(Object.keys(RUN_ELSEWHERE)));
  });

  it.each(here)("$document: $command", async ({ command }) => {
    const { code, stdout, stderr } = await run(command);
    // `check` finds something in the demo's lines and in the real ones: that is its exit code 1.
    expect(stderr).not.toMatch(/error:|not found|Unknown/i);
    expect(code, stderr).toBe(command.includes(" check ") ? 1 : 0);
    expect(`${stdout}${stderr}`).not.toBe("");
  });

  it("finds each check of the doctor explained", async () => {
    const { stdout } = await run(`dunetrace doctor --loki ${DOCUMENTED_LOKI} --format json`);
    const page = readFileSync(path.join(ROOT, "docs/operations.md"), "utf8");
    const checks = JSON.parse(stdout).map(({ check }: { check: string }) => check);
    expect(checks.length).toBeGreaterThan(10);
    for (const check of checks) expect(page).toContain(`| \`${check}\` |`);
  });
});
