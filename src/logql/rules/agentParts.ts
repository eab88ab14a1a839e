import type { DetectorConfig, DetectorSetting } from "../../core/detectors";
import type { FailureType } from "../../core/wire";
import type { AgentSet } from "../alerts";

/** Agents for which a detector has the same settings. */
export interface AgentPart {
  readonly agents: AgentSet;
  readonly setting: DetectorSetting;
}

/** No agent can have this id. */
const ANY_OTHER = "";

/**
 * The agents of a detectors.yml by their settings of one detector: sets that have no agent in common. Agents for which
 * the detector is in shadow are in none of them.
 */
export function agentParts(config: DetectorConfig, type: FailureType): AgentPart[] {
  const key = (setting: DetectorSetting): string => JSON.stringify(Object.entries(setting.thresholds).sort());
  const usual = config.settingsFor(ANY_OTHER)[type];
  const isUsual = (setting: DetectorSetting): boolean =>
    setting.shadow === usual.shadow && (usual.shadow || key(setting) === key(usual));
  const parts = new Map<string, { only: string[]; setting: DetectorSetting }>();
  const except: string[] = [];
  for (const agent of [...config.agents].sort()) {
    const setting = config.settingsFor(agent)[type];
    if (isUsual(setting)) continue;
    except.push(agent);
    if (setting.shadow) continue;
    const part = parts.get(key(setting)) ?? { only: [], setting };
    part.only.push(agent);
    parts.set(key(setting), part);
  }
  const own = [...parts.values()].map(({ only, setting }) => ({ agents: { only }, setting }));
  return usual.shadow ? own : [{ agents: { except }, setting: usual }, ...own];
}

/** The agents for which a detector is not in shadow; undefined when there are none. */
export function alertedAgents(config: DetectorConfig, type: FailureType): AgentSet | undefined {
  const usual = config.settingsFor(ANY_OTHER)[type];
  const others = [...config.agents].sort().filter((agent) => config.settingsFor(agent)[type].shadow !== usual.shadow);
  if (!usual.shadow) return { except: others };
  return others.length === 0 ? undefined : { only: others };
}
