import type { LoopCluster, Run, Step } from "../../core/run";
import { t } from "../text";
import { laneKey } from "./lanes";

/** A loop as it is outlined: ms from the beginning. */
export interface LoopOutline {
  readonly lane: string;
  readonly start: number;
  readonly end: number;
  readonly loop: LoopCluster;
}

/** As many equal ones make the rest of the label. */
const ENOUGH = 3;

/** The loops of a run. What their calls have in common is told by `loopLabel` where there is room for it. */
export function outlinesOf(run: Run, origin: number): LoopOutline[] {
  return run.loops.map((loop) => ({
    lane: laneKey(loop),
    start: (loop.start - origin) / 1000,
    end: (loop.end - origin) / 1000,
    loop,
  }));
}

/** `loop ×4, same arguments, same answer`: as much as the lines tell for certain. */
export function loopLabel(loop: LoopCluster, steps: readonly Step[]): string {
  const calls = steps.filter(
    (step) =>
      step.kind === loop.kind &&
      (step.name ?? "unknown") === loop.name &&
      step.step_index >= loop.first_step &&
      step.step_index <= loop.last_step,
  );
  const { count } = loop;
  const alike = largest(calls, argumentsOf);
  const answered = largest(alike, answerOf);
  const failed = largest(alike, errorOf);
  const same = Math.max(answered.length, failed.length);
  if (same >= ENOUGH && same < count) {
    return t("timeline.loop.someStuck", "loop ×{{count}}, {{same}} with same arguments and answer", { count, same });
  }
  if (failed.length >= ENOUGH) {
    return t("timeline.loop.failing", "loop ×{{count}}, same arguments, same error", { count });
  }
  if (answered.length >= ENOUGH) {
    return t("timeline.loop.stuck", "loop ×{{count}}, same arguments, same answer", { count });
  }
  if (alike.length >= ENOUGH) {
    return alike.length >= count
      ? t("timeline.loop.identical", "loop ×{{count}}, same arguments", { count })
      : t("timeline.loop.someIdentical", "loop ×{{count}}, {{same}} with same arguments", {
          count,
          same: alike.length,
        });
  }
  return t("timeline.loop.plain", "loop ×{{count}}", { count });
}

/** The largest group of calls with an equal, known key. */
function largest(calls: readonly Step[], keyOf: (step: Step) => string | undefined): readonly Step[] {
  const groups = new Map<string, Step[]>();
  let most: readonly Step[] = [];
  for (const call of calls) {
    const key = keyOf(call);
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    group.push(call);
    groups.set(key, group);
    if (group.length > most.length) most = group;
  }
  return most;
}

function argumentsOf({ call }: Step): string | undefined {
  if (call === undefined) return undefined;
  if ("args_hash" in call) return call.args_hash;
  return "query_hash" in call ? call.query_hash : undefined;
}

/** Equal answers within a turn: the measure of the rules, which knows sizes and success and no content. */
function answerOf({ answer, kind, turn }: Step): string | undefined {
  if (answer === undefined) return undefined;
  if (kind === "retrieval") {
    const results = "result_count" in answer ? answer.result_count : undefined;
    return results === undefined ? undefined : `${turn} ${results}`;
  }
  if (!("success" in answer) || answer.success === undefined || answer.output_length === undefined) return undefined;
  return `${turn} ${answer.success} ${answer.output_length}`;
}

/** Failures are alike when their error texts are. */
function errorOf({ answer, failed, turn }: Step): string | undefined {
  return failed && answer?.error_hash !== undefined ? `${turn} ${answer.error_hash}` : undefined;
}
