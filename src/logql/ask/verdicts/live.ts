import { isRecord, type LineOf, severityRank } from "../../../core/wire";
import type { LokiApi, Nanos } from "../../api";
import { liveSignalsOf, MOST_NAMED_RUNS, type Scope } from "../../builders";
import { collectLogs } from "../../readers";
import type { ListedSignal } from "../questions";
import { evidenceStep } from "./evidenceStep";
import { worstFirst } from "./listed";

const MOST_LIVE_LINES = 5000;

export interface LiveRequest {
  readonly scope: Scope;
  readonly start: Nanos;
  readonly end: Nanos;
  readonly run_ids: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** Live signals of runs that go on, worst first; runs without any are left out. One query per 200 runs. */
export async function readLiveSignals(
  api: LokiApi,
  request: LiveRequest,
): Promise<ReadonlyMap<string, readonly ListedSignal[]>> {
  const { scope, start, end, run_ids, signal } = request;
  const found = new Map<string, LineOf<"signal.detected">[]>();
  for (let at = 0; at < run_ids.length; at += MOST_NAMED_RUNS) {
    const query = liveSignalsOf(scope, { run_ids: run_ids.slice(at, at + MOST_NAMED_RUNS) });
    const { entries } = await collectLogs(api, { query, start, end, direction: "backward", signal }, MOST_LIVE_LINES);
    for (const { parsed } of entries) {
      if (!parsed.ok || "unknown" in parsed.line || parsed.line.event_type !== "signal.detected") continue;
      const lines = found.get(parsed.line.run_id) ?? [];
      lines.push(parsed.line);
      found.set(parsed.line.run_id, lines);
    }
  }
  return new Map([...found].map(([run_id, lines]) => [run_id, liveSignals(lines)]));
}

/** What live lines of one run say: the worst of each type. */
export function liveSignals(lines: readonly LineOf<"signal.detected">[]): readonly ListedSignal[] {
  const worst = new Map<string, ListedSignal>();
  for (const { payload, step_index } of lines) {
    const { failure_type, severity, confidence, shadow, provisional = false, title, evidence } = payload;
    const known = worst.get(failure_type);
    if (known !== undefined && severityRank(known.severity) >= severityRank(severity)) continue;
    const stated = isRecord(evidence) ? evidence : {};
    worst.set(failure_type, {
      failure_type,
      severity,
      // A live line does not say what the rule alone said.
      base_severity: severity,
      confidence,
      shadow,
      title,
      evidence: stated,
      // The line has the step at which it was written.
      step_index: evidenceStep(stated) ?? step_index,
      provisional,
      origin: "recorded",
      differs: undefined,
    });
  }
  return worstFirst([...worst.values()]);
}
