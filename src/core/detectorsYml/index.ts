/** detectors.yml to write, and what its settings mean. */
export { detectorsYml, type ThresholdChanges } from "./detectorsYml";
export { SETTING_MEANINGS } from "./meanings";
