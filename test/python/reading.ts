import { DEFAULT_SETTINGS, judge } from "../../src/core/detectors";
import { argumentsText } from "../../src/core/hashing";
import { rebuildRun, type Step } from "../../src/core/run";
import { RunAssembler } from "../../src/core/run/assembler";
import { type ExitReason, type FailureType, parseLine, type Severity } from "../../src/core/wire";
import { nodeHash } from "../../src/sdk/hashing";

/** What is compared of a run. */
export interface ReadRun {
  readonly status: string;
  readonly exit_reason: ExitReason | undefined;
  /** Highest step. */
  readonly steps: number;
  /** Kind and name of every call in order; `!` marks a failed one, `?` one that was never answered. */
  readonly calls: readonly string[];
  readonly signals: Readonly<Partial<Record<FailureType, Severity>>>;
  /** Sorted. */
  readonly no_data: readonly FailureType[];
  /** A line carried content. */
  readonly raw: boolean;
}

function callOf({ kind, name, failed, answered }: Step): string {
  return `${kind} ${name ?? ""}${failed ? "!" : ""}${answered ? "" : "?"}`;
}

/**
 * Reads lines as every reader of this package does, and judges their runs.
 *
 * @returns the runs by agent: each agent has one
 * @throws Error naming the line that cannot be read
 */
export function readRuns(text: string): Record<string, ReadRun> {
  const assembler = new RunAssembler();
  for (const line of text.split("\n")) {
    const result = parseLine(line, { hash: nodeHash(), argumentsText });
    if (result.ok) assembler.add(result.line);
    else if (result.kind !== "blank") throw new Error(`${result.kind}: ${result.reason}: ${line}`);
  }
  const runs: Record<string, ReadRun> = {};
  for (const { lines } of assembler.takeRest()) {
    const { agent_id, status, exit_reason, ended, facts, evidence, steps, raw_content: raw } = rebuildRun(lines);
    const verdict = judge({ facts, ended, exit_reason, baseline: {}, settings: DEFAULT_SETTINGS, evidence });
    if (agent_id in runs) throw new Error(`${agent_id} has two runs`);
    runs[agent_id] = {
      status,
      exit_reason,
      steps: facts.steps,
      calls: steps.map(callOf),
      signals: Object.fromEntries(verdict.signals.map(({ failure_type, severity }) => [failure_type, severity])),
      no_data: verdict.no_data.map(({ failure_type }) => failure_type).sort(),
      raw,
    };
  }
  return runs;
}
