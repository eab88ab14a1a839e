import { DETECTORS, type DetectorConfig, type DetectorSettings } from "../../core/detectors";

/** What the page goes by, as it reads it from `page/settings.json`. */
export interface PageSettings {
  readonly version: string;
  /** As a detectors.yml would say it. */
  readonly detectors: object;
  readonly baselines: unknown;
  /** Where the lines come from, for people. */
  readonly source: string;
  /** A run without an event for this long is stalled, ms. */
  readonly stallAfterMs: number;
  /** Between two questions of a view that refreshes by itself, ms; 2,500 where it is left out. */
  readonly pollMs?: number;
}

/** Thresholds as the document that `parseDetectorConfig` reads them from. */
export function detectorDocument(config: DetectorConfig): object {
  const agents = config.agents.map((agent_id) => [agent_id, section(config.settingsFor(agent_id))]);
  // No agent is called so: its section stands for all that have none.
  return { ...Object.fromEntries(agents), default: section(config.settingsFor("")) };
}

function section(settings: DetectorSettings): object {
  const parts = DETECTORS.map(({ type, key }) => {
    const { thresholds, shadow } = settings[type];
    const values = Object.entries(thresholds).map(([name, value]) => [name, value ?? "off"]);
    return [key, { ...Object.fromEntries(values), shadow }];
  });
  return Object.fromEntries(parts);
}
