import type { ActionRecord } from "../facts/evidence";
import { all, any, atLeast } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, listed, times } from "./words";

/** The same call failing twice is enough: nothing changed in between. */
const MIN_REPEATS = 2;

export const retryStorm = defineDetector({
  type: "RETRY_STORM",
  label: "Retry storm",
  summary: "A tool that keeps failing is called again and again and does not recover.",
  defaults: { threshold: 3 },
  reads: ["retry_streak", "retry_tool", "retry_streak_turn", "failed_repeats"],
  top: "HIGH",
  // A later success of the tool takes it back.
  provisional: () => true,
  rule({ facts, thresholds }) {
    const { retry_streak, failed_repeats } = facts;
    if (retry_streak < thresholds.threshold && failed_repeats < MIN_REPEATS) return undefined;
    // A user may well ask for the same thing again: equal calls weigh fully only where one turn holds two failures.
    const repeatsInTurn = failed_repeats >= MIN_REPEATS && facts.retry_streak_turn >= MIN_REPEATS;
    const isTight = facts.retry_streak_turn >= thresholds.threshold || repeatsInTurn;
    return {
      severity: isTight ? "HIGH" : "MEDIUM",
      confidence: confidenceOf(Math.max(retry_streak / thresholds.threshold, failed_repeats / MIN_REPEATS)),
    };
  },
  conditions({ threshold }) {
    const repeats = atLeast("failed_repeats", MIN_REPEATS);
    const storm = any(atLeast("retry_streak", threshold), repeats);
    const tight = any(atLeast("retry_streak_turn", threshold), all(repeats, atLeast("retry_streak_turn", MIN_REPEATS)));
    return {
      tiers: [
        { severity: "HIGH", when: all(storm, tight) },
        { severity: "MEDIUM", when: storm },
      ],
    };
  },
  evidence({ facts, thresholds, run: { retry } }) {
    const reason = same(retry.map((call) => call.error_hash));
    return {
      tool: facts.retry_tool,
      consecutive_fails: facts.retry_streak,
      threshold: thresholds.threshold,
      first_fail_step: retry[0]?.step,
      last_fail_step: retry.at(-1)?.step,
      step_indices: retry.map((call) => call.step),
      args_identical: same(retry.map((call) => call.args_hash)) !== undefined,
      error_hashes: retry.map((call) => call.error_hash ?? null),
      ...(reason === undefined ? {} : { failure_reason_hash: reason }),
      reason_identical: reason !== undefined,
    };
  },
  step: ({ run }) => run.retry.at(-1)?.step,
  explain({ facts, ended, run }) {
    const tool = facts.retry_tool ?? "A tool";
    const failed = run?.retry ?? [];
    const turns = new Set(failed.map((call) => call.turn)).size;
    const reason = same(failed.map((call) => call.error_hash)) === undefined ? "" : ", always for the same reason";
    const recovered = ended === undefined ? "has not recovered" : "never recovered";
    const repeats =
      facts.failed_repeats >= MIN_REPEATS
        ? ` The same call, with the same arguments, failed ${times(facts.failed_repeats)}.`
        : "";
    return {
      title: `${tool} failed ${times(facts.retry_streak)} in a row and ${recovered}`,
      what: `${tool} failed ${times(facts.retry_streak)} without a success in between${reason}, and the agent kept calling it.${repeats}`,
      why: "The cause lies outside the agent's reach, such as a service that is down or an argument that is wrong; every retry costs a turn and adds load.",
      evidence: `${evidenceOf(failed, facts.retry_streak)}${turns > 1 ? ` over ${turns} user turns` : ""}.`,
      fixes: [
        {
          description: "Stop calling a tool that failed twice in a row.",
          language: "typescript",
          code: `if ((failures.get(name) ?? 0) >= 2) return \`\${name} is not available at the moment. Go on without it.\`;
try {
  const result = await tools[name](args);
  failures.delete(name);
  return result;
} catch (error) {
  failures.set(name, (failures.get(name) ?? 0) + 1);
  return \`\${name} failed: \${String(error)}\`;
}`,
        },
        {
          description: "Tell the model what an error means.",
          language: "text",
          code: "If a tool fails, read its error. Change the arguments if they are at fault; never send the same call again. After two failures tell the user and stop.",
        },
      ],
    };
  },
});

function evidenceOf(failed: readonly ActionRecord[], streak: number): string {
  if (failed.length === 0) return `${counted(streak, "failure")} since the last success`;
  return `${counted(streak, "failure")} since the last success, at steps ${listed(failed.map((call) => call.step))}`;
}

/** The value all have, undefined when they differ or one is unknown. */
function same(values: readonly (string | undefined)[]): string | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}
