import { shortDuration } from "../../core/words";
import type { AnswerOf } from "../../logql/ask";
import { t } from "../text";
import { wholeSeconds } from "./ago";

type Quiet = AnswerOf<"quiet">["agents"];

/** "billing-bot, 42 min": who is quiet, the longest first, and for how long. */
export function quietText(agents: Quiet, now: number): string | undefined {
  const [first, ...more] = [...agents].sort((a, b) => lastOf(a) - lastOf(b));
  if (first === undefined) return undefined;
  const name = first.agent_id.length > 32 ? `${first.agent_id.slice(0, 31)}…` : first.agent_id;
  const text = first.last_run_at === undefined ? name : `${name}, ${shortDuration(wholeSeconds(now - lastOf(first)))}`;
  return more.length === 0 ? text : t("overview.andMore", "{{text}} and {{count}} more", { text, count: more.length });
}

/** ms since the epoch. */
function lastOf({ last_run_at }: Quiet[number]): number {
  return last_run_at === undefined ? 0 : Number(last_run_at / 1_000_000n);
}
