import type { DataSourceJsonData } from "@grafana/schema";
import { DetectorConfig, DetectorConfigError, parseDetectorConfig } from "../../core/detectors";
import { parseScope, type Scope, ScopeError } from "../../logql/builders";
import { isRecord, textOf } from "../loki/record";

export const SETTINGS_VERSION = 1;

/** Numbers that views go by, by the names of `ViewSettings`; all in ms but the two counts of rows. */
export const NUMBER_DEFAULTS = {
  pollMs: 2500,
  listCap: 100,
  fetchLimit: 50,
  freshMs: 6000,
  slowStepMinMs: 1000,
} as const;
export type NumberSetting = keyof typeof NUMBER_DEFAULTS;
export const NUMBER_SETTINGS: readonly NumberSetting[] = [
  "pollMs",
  "listCap",
  "fetchLimit",
  "freshMs",
  "slowStepMinMs",
];

/** What each may be: a poll faster than the lines arrive helps nobody, and Loki hands out 5,000 lines at most. */
export const NUMBER_LIMITS: Readonly<Record<NumberSetting, readonly [least: number, most: number]>> = {
  pollMs: [500, 3_600_000],
  listCap: [1, 1000],
  fetchLimit: [1, 1000],
  freshMs: [0, 3_600_000],
  slowStepMinMs: [0, 86_400_000],
};

/** The settings as Grafana stores and provisions them. Everything may be left out. */
export interface StoredSettings extends DataSourceJsonData {
  version?: number;
  /** uid of a Loki datasource of this Grafana. */
  lokiUid?: string;
  /** Matchers that go into every selector, such as `{cluster="eu"}`. */
  baseSelector?: string;
  /** Thresholds, sections as in detectors.yml: `{ default: { tool_loop: { threshold: 4 } } }`. */
  detectors?: Readonly<Record<string, unknown>>;
  pollMs?: number;
  listCap?: number;
  fetchLimit?: number;
  freshMs?: number;
  slowStepMinMs?: number;
  /** `/v1/events` of a collector, for markers of deployments and fixes. */
  writeUrl?: string;
}

export type SettingName = Exclude<keyof StoredSettings, "version" | keyof DataSourceJsonData>;

/** One setting that cannot be used: what is wrong with it and what would be right. */
export interface SettingsProblem {
  readonly setting: SettingName;
  readonly message: string;
}

export interface AgentsSettings extends Readonly<Record<NumberSetting, number>> {
  readonly lokiUid: string | undefined;
  readonly baseSelector: string;
  readonly scope: Scope;
  readonly config: DetectorConfig;
  /** The sections as they were stored, for editors. */
  readonly detectors: Readonly<Record<string, unknown>>;
  readonly writeUrl: string | undefined;
  /** Nothing is asked while there are some: a wrong selector would show what belongs to others. */
  readonly problems: readonly SettingsProblem[];
}

/**
 * Reads the settings of a datasource, whoever wrote them. It never throws: what cannot be used is a problem, and has its
 * default meanwhile.
 *
 * @example parseSettings({ lokiUid: "loki", baseSelector: '{cluster="eu"}' }).scope
 */
export function parseSettings(stored: unknown): AgentsSettings {
  const json = isRecord(stored) ? stored : {};
  const problems: SettingsProblem[] = [];
  const report = (setting: SettingName, message: string): void => {
    problems.push({ setting, message });
  };
  if (typeof json.version === "number" && json.version > SETTINGS_VERSION) {
    report(
      "lokiUid",
      `These settings are of version ${json.version}, this plugin knows ${SETTINGS_VERSION}: update the plugin, or save them again.`,
    );
  }
  const baseSelector = textOf(json.baseSelector)?.trim() ?? "";
  return {
    ...numbersOf(json, report),
    lokiUid: textOf(json.lokiUid),
    baseSelector,
    scope: scopeOf(baseSelector, report),
    config: configOf(json.detectors, report),
    detectors: isRecord(json.detectors) ? json.detectors : {},
    writeUrl: writeUrlOf(json.writeUrl, report),
    problems,
  };
}

type Report = (setting: SettingName, message: string) => void;

function numbersOf(json: Readonly<Record<string, unknown>>, report: Report): Record<NumberSetting, number> {
  const numbers: Record<NumberSetting, number> = { ...NUMBER_DEFAULTS };
  for (const name of NUMBER_SETTINGS) {
    const value = json[name];
    if (value === undefined || value === null || value === "") continue;
    const number = typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
    const problem = numberProblem(name, number);
    if (problem === undefined) numbers[name] = number;
    else report(name, problem);
  }
  return numbers;
}

/** What is wrong with a number of the settings; undefined when nothing is. */
export function numberProblem(name: NumberSetting, value: number): string | undefined {
  const [least, most] = NUMBER_LIMITS[name];
  if (Number.isInteger(value) && value >= least && value <= most) return undefined;
  return `${name} must be a whole number from ${least} to ${most}, found ${value}.`;
}

function scopeOf(selector: string, report: Report): Scope {
  try {
    return parseScope(selector);
  } catch (error) {
    if (!(error instanceof ScopeError)) throw error;
    report("baseSelector", `${error.message}.`);
    return {};
  }
}

function configOf(detectors: unknown, report: Report): DetectorConfig {
  try {
    return parseDetectorConfig(detectors, "Thresholds");
  } catch (error) {
    if (!(error instanceof DetectorConfigError)) throw error;
    report("detectors", error.message);
    return new DetectorConfig();
  }
}

function writeUrlOf(value: unknown, report: Report): string | undefined {
  const url = textOf(value)?.trim();
  if (url === undefined || url === "") return undefined;
  if (/^https?:\/\/[^\s/?#]+[^\s]*$/i.test(url)) return url;
  report(
    "writeUrl",
    "The write URL must begin with http:// or https:// and name a host, such as http://collector:4318/v1/events.",
  );
  return undefined;
}
