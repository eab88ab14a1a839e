import { judge } from "../../../core/detectors";
import { hasEvents, type Judged, type ListedRun } from "../../../core/judging";
import type { AskSettings } from "../settings";
import { statedBaseline } from "./baselines";

/**
 * Judges a run by the settings of the reader: thresholds of its agent, and the baselines of the settings or, without
 * any, the baseline its terminal line states.
 */
export function judgeRun<R extends ListedRun>(run: R, { config, baselines }: AskSettings): Judged<R> {
  const { facts, ended, exit_reason, agent_id, agent_version } = run;
  const settings = config.settingsFor(agent_id);
  const baseline = baselines?.baselineOf(agent_id, agent_version) ?? statedBaseline(run.recorded?.baseline);
  const evidence = hasEvents(run) ? { evidence: () => run.evidence } : {};
  const { signals, no_data } = judge({ facts, ended, exit_reason, baseline, settings, ...evidence });
  return { run, settings, baseline, signals, no_data };
}
