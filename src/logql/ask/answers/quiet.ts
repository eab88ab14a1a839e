import { quietAgents } from "../../readers";
import { type Answerer, nowOf } from "../context";

/** Agents that had runs lately and have none now. */
export const quiet: Answerer<"quiet"> = async ({ filter, quietMs }, context, signal) => {
  const { scope } = context.settings;
  const agents = await quietAgents(context.api, {
    now: nowOf(context),
    scope,
    agents: filter?.agents,
    quietMs,
    signal,
  });
  return { agents };
};
