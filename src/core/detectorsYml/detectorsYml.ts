import { detectorOf, type Thresholds } from "../detectors";
import { FAILURE_TYPES, type FailureType } from "../wire";
import { yamlScalar } from "../yaml";
import { SETTING_MEANINGS } from "./meanings";

/** Thresholds that differ from those in use; undefined stands for "off". */
export type ThresholdChanges = Readonly<Partial<Record<FailureType, Thresholds>>>;

/**
 * A detectors.yml that states some thresholds and what each means: for all agents, or for one.
 *
 * @example detectorsYml({ TOOL_LOOP: { threshold: 4 } }, "support-bot");
 */
export function detectorsYml(changes: ThresholdChanges, agent?: string): string {
  const detectors = FAILURE_TYPES.flatMap((type) => {
    const thresholds = Object.entries(changes[type] ?? {});
    if (thresholds.length === 0) return [];
    const { key, label } = detectorOf(type);
    return [`  ${key}: # ${label}`, ...thresholds.map(([name, value]) => `    ${setting(type, name, value)}`)];
  });
  if (agent === undefined) return `${["default: # for all agents", ...orNothing(detectors)].join("\n")}\n`;
  // Without a section of its own, an agent's id that looks like "default" would be taken for a misspelling.
  const others = agent === "default" ? [] : ["default: {} # all other agents as they are"];
  return `${[...others, `${yamlScalar(agent)}:`, ...orNothing(detectors)].join("\n")}\n`;
}

function setting(type: FailureType, name: string, value: number | undefined): string {
  const meaning = SETTING_MEANINGS[type][name];
  return `${name}: ${value ?? "off"}${meaning === undefined ? "" : ` # ${meaning}`}`;
}

/** A key without a value is empty, which is no change. */
function orNothing(detectors: readonly string[]): readonly string[] {
  return detectors.length === 0 ? ["  # no threshold is changed"] : detectors;
}
