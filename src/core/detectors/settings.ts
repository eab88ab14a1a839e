import { closest, distance } from "fastest-levenshtein";
import { LOOP_WINDOW } from "../facts/facts";
import { agentIdOf } from "../wire/names";
import { isRecord } from "../wire/record";
import { FAILURE_TYPES, type FailureType } from "../wire/terms";
import type { Detector, Thresholds } from "./detector";
import { DETECTORS, detectorOf } from "./registry";

/** What one detector goes by for one agent. */
export interface DetectorSetting {
  /** Every key of the detector's defaults; undefined means "off". */
  readonly thresholds: Thresholds;
  readonly shadow: boolean;
}
/** What all detectors go by for one agent. */
export type DetectorSettings = Readonly<Record<FailureType, DetectorSetting>>;

/** A detectors.yml that cannot be used. The message names the file, the key and what would be valid. */
export class DetectorConfigError extends Error {
  override readonly name = "DetectorConfigError";
}

/** Settings that are 0 to switch a part of a rule off; all others must be positive. */
const MAY_BE_ZERO: ReadonlySet<string> = new Set([
  "min_results",
  "min_llm_calls",
  "min_calls",
  "min_last_tokens",
  "floor_ms",
  "floor_tokens",
  "floor_secs",
  "max_step",
]);
/** Settings that may be switched off, and be any number: scores have no common scale. */
const MAY_BE_OFF: ReadonlySet<string> = new Set(["min_score"]);

const DEFAULT_SECTION = "default";
const BY_KEY: ReadonlyMap<string, Detector> = new Map(DETECTORS.map((detector) => [detector.key, detector]));

function settingsOf(setting: (detector: Detector) => DetectorSetting): DetectorSettings {
  const entries = FAILURE_TYPES.map((type) => [type, setting(detectorOf(type))]);
  return Object.fromEntries(entries) as Record<FailureType, DetectorSetting>;
}

/** What the detectors go by when nothing is configured. */
export const DEFAULT_SETTINGS: DetectorSettings = settingsOf(({ defaults, shadow }) => ({
  thresholds: defaults,
  shadow,
}));

/** The settings of all agents, as one detectors.yml states them. */
export class DetectorConfig {
  readonly #default: DetectorSettings;
  readonly #agents: ReadonlyMap<string, DetectorSettings>;

  constructor(
    defaults: DetectorSettings = DEFAULT_SETTINGS,
    agents: ReadonlyMap<string, DetectorSettings> = new Map(),
  ) {
    this.#default = defaults;
    this.#agents = agents;
  }

  /** The same object for the same agent, so that what is derived from it can be kept. */
  settingsFor(agent_id: string): DetectorSettings {
    return this.#agents.get(agent_id) ?? this.#default;
  }

  /** Agents with a section of their own. */
  get agents(): readonly string[] {
    return [...this.#agents.keys()];
  }
}

/**
 * Reads a detectors.yml: a `default:` section for all agents, and sections named by agent_id that override single keys
 * of it. Everything may be left out; an empty document stands for the defaults.
 *
 * @param document the file's content, parsed as YAML
 * @param source its name, for messages
 * @throws DetectorConfigError on a detector, key or value that is not valid
 *
 * @example
 * const config = parseDetectorConfig({ default: { tool_loop: { threshold: 4 } } }, "detectors.yml");
 * config.settingsFor("support-bot").TOOL_LOOP.thresholds.threshold; // 4
 */
export function parseDetectorConfig(document: unknown, source: string): DetectorConfig {
  if (document === undefined || document === null) return new DetectorConfig();
  if (!isRecord(document)) {
    throw new DetectorConfigError(
      `${source}: expected sections ("${DEFAULT_SECTION}:" or an agent's id) at the top, found ${described(document)}.`,
    );
  }
  const sections = Object.entries(document);
  const own = sections.find(([name]) => name === DEFAULT_SECTION)?.[1];
  const defaults = withSection(DEFAULT_SETTINGS, own, source, DEFAULT_SECTION);
  const agents = new Map<string, DetectorSettings>();
  for (const [name, section] of sections) {
    if (name === DEFAULT_SECTION) continue;
    if (own === undefined && distance(name.toLowerCase(), DEFAULT_SECTION) <= 2) {
      throw new DetectorConfigError(
        `${source}: "${name}" looks like "${DEFAULT_SECTION}"; name the section that, or give the file a "${DEFAULT_SECTION}:" section too if an agent has this id.`,
      );
    }
    const agent = agentIdOf(name);
    if (agents.has(agent))
      throw new DetectorConfigError(`${source}: two sections are for agent "${agent}"; merge them into one.`);
    agents.set(agent, withSection(defaults, section, source, name));
  }
  return new DetectorConfig(defaults, agents);
}

function withSection(base: DetectorSettings, section: unknown, source: string, name: string): DetectorSettings {
  if (section === undefined || section === null) return base;
  if (!isRecord(section)) {
    throw new DetectorConfigError(
      `${source}: "${name}" must hold detectors with their settings, found ${described(section)}.`,
    );
  }
  const changed = new Map<FailureType, DetectorSetting>();
  for (const [key, values] of Object.entries(section)) {
    const detector = BY_KEY.get(key);
    if (detector === undefined) throw unknownDetector(key, source, name);
    changed.set(detector.type, withValues(detector, base[detector.type], values, source, `${name}.${key}`));
  }
  return settingsOf((detector) => changed.get(detector.type) ?? base[detector.type]);
}

function unknownDetector(key: string, source: string, section: string): DetectorConfigError {
  const isSectionDetector = BY_KEY.get(section);
  if (isSectionDetector !== undefined) {
    return new DetectorConfigError(
      `${source}: "${section}" is a detector, but stands where "${DEFAULT_SECTION}:" or an agent's id is expected. Put it under "${DEFAULT_SECTION}:".`,
    );
  }
  return new DetectorConfigError(
    `${source}: unknown detector "${key}" in "${section}". Did you mean "${nearest(key, [...BY_KEY.keys()])}"?`,
  );
}

function withValues(
  detector: Detector,
  base: DetectorSetting,
  values: unknown,
  source: string,
  place: string,
): DetectorSetting {
  if (values === undefined || values === null) return base;
  if (!isRecord(values)) {
    throw new DetectorConfigError(
      `${source}: "${place}" must hold settings such as "shadow: true", found ${described(values)}.`,
    );
  }
  let shadow = base.shadow;
  const thresholds: Record<string, number | undefined> = { ...base.thresholds };
  for (const [key, value] of Object.entries(values)) {
    if (key === "shadow") shadow = parseShadow(value, source, `${place}.${key}`);
    else if (Object.hasOwn(thresholds, key)) thresholds[key] = parseThreshold(key, value, source, `${place}.${key}`);
    else throw unknownKey(detector, key, source, place);
  }
  return { thresholds, shadow };
}

function unknownKey(detector: Detector, key: string, source: string, place: string): DetectorConfigError {
  if (detector.type === "TOOL_LOOP" && key === "window") {
    return new DetectorConfigError(
      `${source}: "${place}.window" cannot be set: the loop window is a constant of ${LOOP_WINDOW} actions, because facts do not depend on settings. Remove the key, or change "${place}.threshold".`,
    );
  }
  const valid = [...Object.keys(detector.defaults), "shadow"];
  return new DetectorConfigError(
    `${source}: unknown key "${key}" in "${place}". Did you mean "${nearest(key, valid)}"? Valid keys: ${valid.join(", ")}.`,
  );
}

function parseShadow(value: unknown, source: string, place: string): boolean {
  if (typeof value === "boolean") return value;
  throw new DetectorConfigError(`${source}: "${place}" must be true or false, found ${described(value)}.`);
}

function parseThreshold(key: string, value: unknown, source: string, place: string): number | undefined {
  const mayBeOff = MAY_BE_OFF.has(key);
  // `off` is a string in YAML 1.2 and false in YAML 1.1.
  if (mayBeOff && (value === "off" || value === false || value === null)) return undefined;
  const mayBeZero = MAY_BE_ZERO.has(key);
  const isValid =
    typeof value === "number" && Number.isFinite(value) && (mayBeOff || value > 0 || (mayBeZero && value === 0));
  if (isValid) return value;
  const expected = mayBeOff ? 'a number or "off"' : mayBeZero ? "0 or a positive number" : "a positive number";
  throw new DetectorConfigError(`${source}: "${place}" must be ${expected}, found ${described(value)}.`);
}

function nearest(name: string, valid: readonly string[]): string {
  return closest(name.toLowerCase().replaceAll("-", "_"), valid);
}

function described(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : `the ${typeof value} ${JSON.stringify(String(value))}`;
}

/**
 * Names the effective rules: the first 8 hex of the SHA-256 of the canonical JSON (RFC 8785) of thresholds and shadow
 * flags by failure type. What is off is left out.
 *
 * @param sha256 full lower-case hex SHA-256 of a text's UTF-8 bytes
 */
export function rulesHash(settings: DetectorSettings, sha256: (text: string) => string): string {
  const rules = [...FAILURE_TYPES].sort().map((type) => {
    const { thresholds, shadow } = settings[type];
    const known = Object.entries({ ...thresholds, shadow }).filter(([, value]) => value !== undefined);
    return [type, Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)))];
  });
  // Keys are sorted ASCII and values finite numbers or booleans: then JSON.stringify writes what RFC 8785 demands.
  return sha256(JSON.stringify(Object.fromEntries(rules))).slice(0, 8);
}
