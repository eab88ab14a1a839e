import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { temporaryFolder } from "../real";

export const CLI = join(import.meta.dirname, "../../lib/cli.mjs");

const Findings = v.array(
  v.strictObject({
    check: v.string(),
    status: v.picklist(["ok", "warning", "failure", "unknown"]),
    text: v.string(),
    next: v.optional(v.string()),
  }),
);
export type Findings = v.InferOutput<typeof Findings>;

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in an empty folder, without settings of the environment. */
export async function dunetrace(args: readonly string[]): Promise<Outcome> {
  if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");
  return new Promise((resolve, reject) => {
    const options = { cwd: temporaryFolder("cli"), env: { PATH: process.env.PATH }, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [CLI, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(error);
    });
  });
}

/** What `dunetrace doctor` says, as programs read it. */
export interface Diagnosis {
  readonly code: number;
  readonly findings: Findings;
  /** Names of the checks that found something wrong, with how wrong: `labels: failure`. */
  readonly alarms: readonly string[];
  /** Text and next step of a check. */
  told(check: string): string;
}

export async function diagnose(url: string, ...args: string[]): Promise<Diagnosis> {
  const { code, stdout, stderr } = await dunetrace(["doctor", "--loki", url, "--format", "json", ...args]);
  if (stderr !== "") throw new Error(`doctor ended with ${code}: ${stderr}`);
  const findings = v.parse(Findings, JSON.parse(stdout));
  const wrong = findings.filter(({ status }) => status === "failure" || status === "warning");
  return {
    code,
    findings,
    alarms: wrong.map(({ check, status }) => `${check}: ${status}`),
    told: (check) => {
      const found = findings.find((finding) => finding.check === check);
      if (found === undefined) throw new Error(`doctor says nothing of ${check}: ${stdout}`);
      return `${found.text} → ${found.next}`;
    },
  };
}
