import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DetectorConfig, type DetectorSettings, parseDetectorConfig, rulesHash } from "../core/detectors";
import { errorText } from "./errors";
import { sha256Hex } from "./hashing";
import { OptionsError } from "./optionValues";

const require = createRequire(import.meta.url);

/** The parser is loaded only where a detectors.yml is configured. */
function readYaml(path: string): unknown {
  const yaml: typeof import("yaml") = require("yaml");
  try {
    return yaml.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new OptionsError(`The option "detectors" names ${path}, which cannot be read as YAML: ${errorText(error)}`);
  }
}

/**
 * The detector settings of a client.
 *
 * @param option path of a detectors.yml, or its parsed content
 * @throws OptionsError when the file cannot be read; DetectorConfigError when it names an unknown detector or key
 */
export function detectorConfigFor(option: string | object | undefined): DetectorConfig {
  if (option === undefined) return new DetectorConfig();
  if (typeof option === "string") return parseDetectorConfig(readYaml(option), option);
  return parseDetectorConfig(option, 'the option "detectors"');
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
