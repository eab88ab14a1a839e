import { type Baselines, NO_BASELINES } from "../../core/baselines";
import { DetectorConfig, parseDetectorConfig } from "../../core/detectors";
import { Judging } from "../../core/judging";
import type { Prices } from "../../core/prices";

interface Settings {
  /** Content of a detectors.yml. */
  readonly detectors?: object;
  readonly baselines?: Baselines;
  readonly recorded?: boolean;
}

/** Judging with the built-in thresholds, unless told otherwise. */
export function testJudging({ detectors, baselines = NO_BASELINES, recorded = false }: Settings = {}): Judging {
  const config = detectors === undefined ? new DetectorConfig() : parseDetectorConfig(detectors, "test");
  return new Judging({ config, baselines, recorded });
}

/** A price list in which every call costs a cent. */
export const CENT: Prices = { knows: () => true, cost: () => 0.01 };
