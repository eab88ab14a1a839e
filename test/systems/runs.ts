import { DEFAULT_SETTINGS, judge } from "../../src/core/detectors";
import { argumentsText } from "../../src/core/hashing";
import { type Run, rebuildRun, type Step } from "../../src/core/run";
import { RunAssembler } from "../../src/core/run/assembler";
import { type FailureType, type Payloads, parseLine, type Severity } from "../../src/core/wire";
import { nodeHash } from "../../src/sdk/hashing";

/** What is compared of the run of a real system with what its program did. */
export interface SystemRun {
  readonly agent_id: string;
  readonly exit_reason: string | undefined;
  readonly model: string | undefined;
  /** Every call in order, as `callText` has them. */
  readonly calls: readonly string[];
  readonly signals: Readonly<Partial<Record<FailureType, Severity>>>;
}

/** A rebuilt run and its verdict, to look at what `SystemRun` leaves out. */
export interface JudgedRun {
  readonly run: Run;
  readonly signals: SystemRun["signals"];
  /** Sorted. */
  readonly no_data: readonly FailureType[];
}

/**
 * A call in one line: `llm gpt-4o 111/22 stop`, with `?` for tokens that are not known; `tool search`, `retrieval docs 3`.
 * Behind it ` !` and the error's type where it failed, ` …` where it was never answered.
 */
export function callText({ kind, name, failed, answered, answer }: Step): string {
  const known: (string | number)[] = [kind, name ?? "?"];
  const told: Partial<Payloads["llm.responded"] & Payloads["retrieval.responded"]> = { ...answer };
  if (kind === "llm") {
    known.push(`${told.prompt_tokens ?? "?"}/${told.completion_tokens ?? "?"}`, told.finish_reason ?? "?");
  }
  if (kind === "retrieval") known.push(told.result_count ?? "?");
  if (failed) known.push(`!${told.error_type ?? ""}`);
  if (!answered) known.push("…");
  return known.join(" ");
}

/**
 * Reads lines as every reader of this package does, and judges their runs.
 *
 * @returns the runs by their start
 * @throws Error naming the line that cannot be read
 */
export function judgedRuns(text: string): JudgedRun[] {
  const assembler = new RunAssembler();
  for (const line of text.split("\n")) {
    const result = parseLine(line, { hash: nodeHash(), argumentsText });
    if (result.ok) assembler.add(result.line);
    else if (result.kind !== "blank") throw new Error(`${result.kind}: ${result.reason}: ${line}`);
  }
  const runs = assembler.takeRest().map(({ lines }) => {
    const run = rebuildRun(lines);
    const { facts, ended, exit_reason, evidence } = run;
    const verdict = judge({ facts, ended, exit_reason, baseline: {}, settings: DEFAULT_SETTINGS, evidence });
    return {
      run,
      signals: Object.fromEntries(verdict.signals.map(({ failure_type, severity }) => [failure_type, severity])),
      no_data: verdict.no_data.map(({ failure_type }) => failure_type).sort(),
    };
  });
  return runs.sort((a, b) => a.run.started_at - b.run.started_at);
}

/** The part of a judged run that tests compare whole. */
export function systemRun({ run, signals }: JudgedRun): SystemRun {
  const { agent_id, exit_reason, model, steps } = run;
  return { agent_id, exit_reason, model, calls: steps.map(callText), signals };
}
