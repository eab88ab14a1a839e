import { DetectorConfig, type DetectorSettings, detectorOf, type Thresholds } from "../../../core/detectors";
import type { FailureType } from "../../../core/wire";

/**
 * The settings with other thresholds of one detector, for every agent, those with settings of their own too. Names the
 * detector does not have are passed over.
 */
export function withThresholds(
  config: DetectorConfig,
  type: FailureType,
  thresholds: Partial<Thresholds>,
): DetectorConfig {
  const names = Object.keys(detectorOf(type).defaults);
  const own = Object.fromEntries(Object.entries(thresholds).filter(([name]) => names.includes(name)));
  if (Object.keys(own).length === 0) return config;
  const changed = (settings: DetectorSettings): DetectorSettings => {
    const { thresholds: before, shadow } = settings[type];
    return { ...settings, [type]: { thresholds: { ...before, ...own }, shadow } };
  };
  const agents = config.agents.map((agent): [string, DetectorSettings] => [agent, changed(config.settingsFor(agent))]);
  // No agent can be named "", so this stands for all without settings of their own.
  return new DetectorConfig(changed(config.settingsFor("")), new Map(agents));
}
