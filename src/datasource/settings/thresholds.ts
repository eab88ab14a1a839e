import { DETECTORS, DetectorConfig, DetectorConfigError, parseDetectorConfig } from "../../core/detectors";
import { isRecord } from "../loki/record";

type Sections = Readonly<Record<string, unknown>>;
export const DEFAULT_SECTION = "default";

/** One detector as an editor shows it. */
export interface ThresholdGroup {
  /** Its section in detectors.yml. */
  readonly detector: string;
  readonly label: string;
  readonly summary: string;
  readonly thresholds: readonly {
    readonly key: string;
    /** Undefined means "off". */
    readonly value: number | undefined;
    readonly standard: number | undefined;
  }[];
}

/** The thresholds of the detectors that have some, as the section of all agents sets them. */
export function thresholdGroups(sections: Sections): readonly ThresholdGroup[] {
  const settings = validOrDefault(sections).settingsFor("");
  return DETECTORS.flatMap(({ type, key: detector, label, summary, defaults }) => {
    const { thresholds: set } = settings[type];
    const thresholds = Object.keys(defaults).map((key) => ({ key, value: set[key], standard: defaults[key] }));
    return thresholds.length === 0 ? [] : [{ detector, label, summary, thresholds }];
  });
}

/** Sections without anything that cannot be used never reach here: the editor refuses such values. */
function validOrDefault(sections: Sections): DetectorConfig {
  try {
    return parseDetectorConfig(sections, "Thresholds");
  } catch (error) {
    if (error instanceof DetectorConfigError) return new DetectorConfig();
    throw error;
  }
}

/**
 * The sections with one threshold of all agents set, or back at its default.
 *
 * @param value undefined for the default
 */
export function withThreshold(sections: Sections, detector: string, key: string, value: number | undefined): Sections {
  const all = isRecord(sections[DEFAULT_SECTION]) ? sections[DEFAULT_SECTION] : {};
  const { [key]: _old, ...rest } = isRecord(all[detector]) ? all[detector] : {};
  const { [detector]: _before, ...others } = all;
  const changed = value === undefined ? rest : { ...rest, [key]: value };
  const section = Object.keys(changed).length === 0 ? others : { ...others, [detector]: changed };
  const { [DEFAULT_SECTION]: _section, ...agents } = sections;
  return Object.keys(section).length === 0 ? agents : { [DEFAULT_SECTION]: section, ...agents };
}

/** What is wrong with a threshold; undefined when nothing is. */
export function thresholdProblem(detector: string, key: string, value: number): string | undefined {
  try {
    parseDetectorConfig({ [DEFAULT_SECTION]: { [detector]: { [key]: value } } }, "Thresholds");
    return undefined;
  } catch (error) {
    if (error instanceof DetectorConfigError) return error.message;
    throw error;
  }
}
