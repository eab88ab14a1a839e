import type { Command } from "commander";
import type { Severity } from "../../core/wire";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { type CheckResult, compareFindings, findingsOf } from "../judging/findings";
import { addJudging, amount, type JudgingOptions, severity } from "../options";
import { checkReport } from "../output/checkReport";
import { jsonText } from "../output/json";
import { finishReading, openJudging } from "../reading";

interface CheckOptions extends JudgingOptions {
  readonly failOn: Severity;
  readonly maxCost?: number;
  readonly allowEmpty?: boolean;
}

const FINDINGS = 1;

/** `dunetrace check FILE…`: a gate for CI. */
export function registerCheck(program: Command, io: Io): void {
  const command = program
    .command("check")
    .description("Fail (exit code 1) when a run has a signal that is severe enough or costs too much.")
    .argument("<files...>", "files of lines, .gz too; - is stdin")
    .option("--fail-on <severity>", "the least severity that is a finding; shadow signals never are", severity, "HIGH")
    .option("--max-cost <usd>", "a run that costs more is a finding", amount("US dollars"))
    .option("--allow-empty", "input without any run is fine");
  addJudging(command).action(async (files: string[], options: CheckOptions) => {
    const reading = await openJudging(files, options, io);
    const result: CheckResult = {
      runs: 0,
      runs_with_findings: 0,
      fail_on: options.failOn,
      max_cost_usd: options.maxCost ?? null,
      runs_without_full_cost: 0,
      findings: [],
    };
    const limits = { failOn: options.failOn, maxCostUsd: options.maxCost };
    const { findings } = result;
    for await (const judged of reading.runs()) {
      result.runs += 1;
      const found = findingsOf(judged, limits);
      if (found.length > 0) result.runs_with_findings += 1;
      if (judged.run.facts.unpriced_llm_calls > 0) result.runs_without_full_cost += 1;
      for (const finding of found) findings.push(finding);
    }
    findings.sort(compareFindings);
    if (findings.length > 0) io.exitCode = FINDINGS;
    if (result.runs > 0) {
      await io.stdout.write(print(result, reading, options));
      await finishReading(reading, options);
    } else {
      await finishReading(reading, options);
      if (options.allowEmpty !== true) {
        throw new UsageError("No run was read, so nothing was checked; --allow-empty makes that fine");
      }
      await io.stdout.write(print(result, reading, options));
    }
  });
}

function print(result: CheckResult, layout: Parameters<typeof checkReport>[1], options: CheckOptions): string {
  if (options.format === "json") return `${jsonText(result, 2)}\n`;
  if (options.format === "ndjson") return result.findings.map((finding) => `${jsonText(finding)}\n`).join("");
  return `${checkReport(result, layout).join("\n")}\n`;
}
