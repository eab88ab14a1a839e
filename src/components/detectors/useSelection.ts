import { useCallback, useMemo } from "react";
import { DETECTORS, type Detector, type DetectorSettings } from "../../core/detectors";
import type { ThresholdChanges } from "../../core/detectorsYml";
import { useEnvironment, useParams } from "../environment";
import { changesParam, parseChanges, realChanges, withChange } from "./changes";
import { mainSetting } from "./mainSetting";

export interface Selection {
  readonly detector: Detector;
  /** The setting that is tried with the slider. */
  readonly setting: string | undefined;
  /** The thresholds that are tried, of all detectors. */
  readonly changes: ThresholdChanges;
  readonly hrefOf: (detector: Detector) => string;
  readonly try: (name: string, value: number | undefined, inUse: DetectorSettings) => void;
  readonly show: (setting: string) => void;
  readonly reset: () => void;
}

const [FIRST] = DETECTORS;

/** Which detector the address is about, and which thresholds it tries. */
export function useSelection(): Selection | undefined {
  const { href, location } = useEnvironment();
  const [params, change] = useParams();
  const detector = DETECTORS.find(({ key }) => key === params.detector?.toLowerCase()) ?? FIRST;
  const changes = useMemo(() => parseChanges(params.set), [params.set]);
  const hrefOf = useCallback(
    ({ key }: Detector) => {
      const { setting: _setting, list: _list, ...rest } = location.params;
      return href({ ...location, params: { ...rest, detector: key } });
    },
    [href, location],
  );
  if (detector === undefined) return undefined;
  return {
    detector,
    setting: mainSetting(detector, params.setting),
    changes,
    hrefOf,
    try: (name, value, settings) => {
      const changed = withChange(changes, detector.type, name, value, settings[detector.type].thresholds);
      change({ set: changesParam(realChanges(changed, settings)), detector: detector.key }, { replace: true });
    },
    show: (setting) => change({ setting }),
    reset: () => change({ set: undefined }),
  };
}
