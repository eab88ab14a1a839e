import {
  DETECTORS,
  type Detector,
  DetectorConfigError,
  type DetectorSettings,
  parseDetectorConfig,
  type Thresholds,
} from "../../core/detectors";
import type { ThresholdChanges } from "../../core/detectorsYml";
import type { FailureType } from "../../core/wire";

/**
 * The thresholds that a reader tries out, as the address carries them: `tool_loop.threshold:4,slow_step.tool_ms:20000`.
 * What is no setting, or no value that a detectors.yml could hold, is left out.
 */
export function parseChanges(param: string | undefined): ThresholdChanges {
  const changes: Partial<Record<FailureType, Record<string, number | undefined>>> = {};
  for (const part of (param ?? "").split(",")) {
    const [, key, name = "", text = ""] = /^([a-z_]+)\.([a-z_]+):([-+.\de]+|off)$/.exec(part) ?? [];
    const detector = DETECTORS.find((known) => known.key === key);
    if (detector === undefined || !Object.hasOwn(detector.defaults, name)) continue;
    const value = text === "off" ? undefined : Number(text);
    if (!isValid(detector, name, value)) continue;
    changes[detector.type] = { ...changes[detector.type], [name]: value };
  }
  return changes;
}

/** The parameter for these changes; undefined when there are none. */
export function changesParam(changes: ThresholdChanges): string | undefined {
  const parts = DETECTORS.flatMap(({ key, type }) =>
    Object.entries(changes[type] ?? {}).map(([name, value]) => `${key}.${name}:${value ?? "off"}`),
  );
  return parts.length === 0 ? undefined : parts.join(",");
}

/** Whether a detectors.yml may set this. */
export function isValid({ key }: Pick<Detector, "key">, name: string, value: number | undefined): boolean {
  try {
    parseDetectorConfig({ default: { [key]: { [name]: value ?? "off" } } }, "detectors.yml");
    return true;
  } catch (error) {
    if (error instanceof DetectorConfigError) return false;
    throw error;
  }
}

/** Changes with one value more, or with one less where it is what is in use. */
export function withChange(
  changes: ThresholdChanges,
  type: FailureType,
  name: string,
  value: number | undefined,
  inUse: Thresholds,
): ThresholdChanges {
  const { [name]: _before, ...others } = changes[type] ?? {};
  const own = inUse[name] === value ? others : { ...others, [name]: value };
  const { [type]: _own, ...rest } = changes;
  return Object.keys(own).length === 0 ? rest : { ...rest, [type]: own };
}

/** The changes that differ from what is in use. */
export function realChanges(changes: ThresholdChanges, settings: DetectorSettings): ThresholdChanges {
  return DETECTORS.reduce<ThresholdChanges>((all, { type }) => {
    const inUse = settings[type].thresholds;
    return Object.entries(changes[type] ?? {}).reduce(
      (changed, [name, value]) => withChange(changed, type, name, value, inUse),
      all,
    );
  }, {});
}
