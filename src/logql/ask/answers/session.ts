import { readSession } from "../../readers";
import { type Answerer, modeOf, nowOf, spanOf } from "../context";
import { rowsOf } from "../verdicts/rows";

/** The runs of a session, in the order they started. */
export const session: Answerer<"session"> = async ({ range, session_id, agents }, context, signal) => {
  const { scope, stallAfterMs } = context.settings;
  const span = spanOf(range);
  const request = { ...span, scope, now: nowOf(context), stallAfterMs, session_id, agents, signal };
  const { runs, cut } = await readSession(context.api, request);
  return { runs: await rowsOf(runs, context, { ...span, mode: modeOf(context, undefined), signal }), cut };
};
