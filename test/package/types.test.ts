import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installedPackage } from "./installed";
import { execIn, ROOT } from "./packed";

/** As strict as a project can be, and without looking away from the package's own declarations. */
const STRICT = {
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  isolatedModules: true,
  noEmit: true,
  target: "ES2022",
  lib: ["ES2023"],
  types: ["node"],
  typeRoots: [join(ROOT, "node_modules/@types")],
};

/** What a user writes; `IMPORTS` differs by module system. */
const PROGRAM = `
export async function research(question: string): Promise<string> {
  const dt = new Dunetrace({ emitAsJson: false, environment: "test", tags: { team: "search" }, tagKeys: ["team"] });
  const search = dt.tool(async function webSearch(query: string, top: number): Promise<string[]> {
    return [query].slice(0, top);
  });
  const answer: string = await dt.run("research", { userInput: question, model: "gpt-4o", tools: ["webSearch"] }, async (run) => {
    const found: string[] = await search(question, 3);
    const call = run.llmCalled("gpt-4o");
    const id: string = run.runId;
    call.responded({ promptTokens: 12, completionTokens: 3 });
    run.finalAnswer();
    return found.join() + id + (getCurrentRun() === run);
  });
  // @ts-expect-error an option that does not exist
  new Dunetrace({ emitAsJsn: true });
  // @ts-expect-error the result is a string
  const wrong: number = await dt.run("research", {}, async () => "text");
  await dt.shutdown({ timeoutMs: 5000 });
  return answer + String(wrong);
}

export function logging(stream: LineStream): Dunetrace {
  const { batching }: { batching: { interval: number } } = pinoLokiOptions({ host: "http://localhost:3100", tenant: "a" });
  // @ts-expect-error it is called host
  pinoLokiOptions({ url: "http://localhost:3100" });
  const labels = { interval: String(batching.interval) };
  new Dunetrace({ loki: { url: "http://localhost:3100", labels } });
  // @ts-expect-error an option of direct push that does not exist
  new Dunetrace({ loki: { uri: "http://localhost:3100" } });
  return new Dunetrace({ logger: withLineTime(stream) });
}

export function failures(lines: Iterable<string>): string[] {
  const assembler = new RunAssembler();
  for (const text of lines) {
    const parsed = parseLine(text);
    if (parsed.ok) assembler.add(parsed.line);
  }
  return assembler.takeRest().flatMap((group) => {
    const run = rebuildRun(group.lines);
    const { signals } = judge({ ...run, evidence: () => run.evidence, baseline: {}, settings: DEFAULT_SETTINGS });
    return signals.map((signal) => signal.failure_type);
  });
}
`;

const ES = `import { Dunetrace, getCurrentRun } from "dunetrace-grafana";
import { DEFAULT_SETTINGS, judge, parseLine, RunAssembler, rebuildRun } from "dunetrace-grafana/core";
import { type LineStream, pinoLokiOptions, withLineTime } from "dunetrace-grafana/pino";
`;
const REQUIRE = `import dunetrace = require("dunetrace-grafana");
import core = require("dunetrace-grafana/core");
import pino = require("dunetrace-grafana/pino");
const { Dunetrace, getCurrentRun } = dunetrace;
type Dunetrace = dunetrace.Dunetrace;
type LineStream = pino.LineStream;
const { pinoLokiOptions, withLineTime } = pino;
const { DEFAULT_SETTINGS, judge, parseLine, RunAssembler, rebuildRun } = core;
`;

describe("a strict TypeScript project", () => {
  const installed = installedPackage();

  it.for([
    ["ES modules, Node resolution", { module: "node16" }, "main.mts", ES],
    ["CommonJS, Node resolution", { module: "node16" }, "main.cts", REQUIRE],
    ["import syntax in CommonJS", { module: "node16" }, "syntax.cts", ES],
    ["a bundler", { module: "esnext", moduleResolution: "bundler" }, "main.ts", ES],
  ] as const)("compiles as %s", async ([name, options, file, imports], { skip }) => {
    const project = join(installed(skip), name.replaceAll(/\W+/g, "-"));
    mkdirSync(project);
    writeFileSync(join(project, file), imports + PROGRAM);
    const config = { compilerOptions: { ...STRICT, ...options }, files: [file] };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    // The compiler prints its findings on stdout, which the error of execIn does not hold.
    const output = await execIn(project, process.execPath, [compiler, "-p", "."]).catch((error) => error);
    expect(output).toMatchObject({ stdout: "" });
  });
});
