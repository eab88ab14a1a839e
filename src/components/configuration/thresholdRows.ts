import { DEFAULT_SETTINGS, DETECTORS, type Detector, type DetectorSettings } from "../../core/detectors";
import { SETTING_MEANINGS } from "../../core/detectorsYml";

/** One setting of one detector, as it is in use. */
export interface ThresholdRow {
  readonly detector: Detector;
  /** Undefined for detectors that have none. */
  readonly name: string | undefined;
  readonly value: number | undefined;
  readonly builtIn: number | undefined;
  readonly meaning: string;
  readonly shadow: boolean;
  /** It is not as built in, or its detector is in shadow although it is not by default, or the other way round. */
  readonly isChanged: boolean;
}

/** All settings of all detectors, in their order. */
export function thresholdRows(settings: DetectorSettings): readonly ThresholdRow[] {
  return DETECTORS.flatMap((detector): ThresholdRow[] => {
    const { thresholds, shadow } = settings[detector.type];
    const moved = shadow !== DEFAULT_SETTINGS[detector.type].shadow;
    const names = Object.keys(detector.defaults);
    if (names.length === 0) {
      const none = { name: undefined, value: undefined, builtIn: undefined, meaning: detector.summary };
      return [{ detector, ...none, shadow, isChanged: moved }];
    }
    return names.map((name) => ({
      detector,
      name,
      value: thresholds[name],
      builtIn: detector.defaults[name],
      meaning: SETTING_MEANINGS[detector.type][name] ?? "",
      shadow,
      isChanged: moved || thresholds[name] !== detector.defaults[name],
    }));
  });
}
