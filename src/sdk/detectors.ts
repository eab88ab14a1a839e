import { createRequire } from "node:module";
import { DetectorConfig, type DetectorSettings, parseDetectorConfig, rulesHash } from "../core/detectors";
import { readDocument, sourceOf } from "./configFile";
import { sha256Hex } from "./hashing";

const require = createRequire(import.meta.url);

/** The parser is loaded only where a detectors.yml is configured. */
function parseYaml(text: string): unknown {
  const yaml: typeof import("yaml") = require("yaml");
  return yaml.parse(text);
}

/**
 * The detector settings of a client.
 *
 * @param option path of a detectors.yml, or its parsed content
 * @param place what gave it, for messages
 * @throws OptionsError when the file cannot be read; DetectorConfigError when it names an unknown detector or key
 */
export function detectorConfigFor(
  option: string | object | undefined,
  place = 'The option "detectors"',
): DetectorConfig {
  if (option === undefined) return new DetectorConfig();
  if (typeof option === "object") return parseDetectorConfig(option, place);
  return parseDetectorConfig(readDocument(option, place, "YAML", parseYaml), sourceOf(option, place));
}

const hashes = new WeakMap<DetectorSettings, string>();

/** Names settings on terminal lines; computed once for each. */
export function rulesOf(settings: DetectorSettings): string {
  let rules = hashes.get(settings);
  if (rules === undefined) {
    rules = rulesHash(settings, sha256Hex);
    hashes.set(settings, rules);
  }
  return rules;
}
