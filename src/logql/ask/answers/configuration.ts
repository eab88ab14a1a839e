import { type Answerer, modeOf } from "../context";

/** What answers are made with; no query. */
export const configuration: Answerer<"configuration"> = async ({ agent_id = "" }, context) => {
  const { config, baselines, scope } = context.settings;
  return {
    settings: config.settingsFor(agent_id),
    own_settings: config.agents,
    given_baselines: baselines?.agents ?? [],
    scope: scope.base ?? [],
    mode: modeOf(context, undefined),
  };
};
