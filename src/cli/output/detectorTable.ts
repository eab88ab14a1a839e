import { detectorOf } from "../../core/detectors";
import type { JudgedRun } from "../../core/judging";
import { FAILURE_TYPES, type FailureType } from "../../core/wire";
import { factValue, NO_DATA } from "../../core/words";
import { sanitise } from "./sanitise";
import { severityText } from "./severity";
import type { Style } from "./style";
import { type Column, table } from "./table";
import { wrap, wrapItems } from "./width";

/** What one detector said of a run, with what it looked at. */
export interface DetectorState {
  readonly failure_type: FailureType;
  readonly state: "fired" | "clear" | "no data";
  /** What was missing, where there was no data. */
  readonly missing?: string;
  /** The facts its rule reads; absent ones are not known. */
  readonly observed: Readonly<Record<string, number | string>>;
  /** Its settings for this agent; "off" ones are null. */
  readonly thresholds: Readonly<Record<string, number | null>>;
}

/** Every detector: fired, clear, or no data and what was missing. */
export function detectorStates({ run, settings, signals, no_data }: JudgedRun): DetectorState[] {
  return FAILURE_TYPES.map((failure_type) => {
    const missing = no_data.find((entry) => entry.failure_type === failure_type)?.missing;
    const fired = signals.some((signal) => signal.failure_type === failure_type);
    const observed: Record<string, number | string> = {};
    for (const name of detectorOf(failure_type).reads) {
      const value = run.facts[name];
      if (value !== undefined) observed[name] = value;
    }
    const thresholds = Object.entries(settings[failure_type].thresholds).map(
      ([key, value]) => [key, value ?? null] as const,
    );
    return {
      failure_type,
      state: fired ? "fired" : missing !== undefined ? "no data" : "clear",
      ...(missing === undefined || fired ? {} : { missing }),
      observed,
      thresholds: Object.fromEntries(thresholds),
    };
  });
}

/** One row per detector, with observed values and thresholds below. */
export function detectorTable(
  judged: JudgedRun,
  layout: { readonly style: Style; readonly columns: number },
): string[] {
  const { style } = layout;
  const signalOf = (type: FailureType) => judged.signals.find((signal) => signal.failure_type === type);
  const columns: Column<DetectorState>[] = [
    { title: "DETECTOR", value: (state) => state.failure_type },
    {
      title: "STATE",
      value: ({ failure_type, state }) => {
        const signal = signalOf(failure_type);
        return signal === undefined ? state : severityText(signal);
      },
      paint: (text, { failure_type }) => {
        const signal = signalOf(failure_type);
        return signal === undefined
          ? style.dim(text)
          : style.severity[signal.shadow ? "shadow" : signal.severity](text);
      },
    },
  ];
  return table(columns, detectorStates(judged), {
    columns: layout.columns,
    paintTitle: style.dim,
    below: (state) => comparison(state, judged, layout.columns).map(style.dim),
  });
}

function comparison(
  { failure_type, observed, thresholds, missing }: DetectorState,
  { baseline }: JudgedRun,
  columns: number,
): string[] {
  const baselines = new Map<string, number>(Object.entries(baseline));
  const facts = detectorOf(failure_type).reads.map((name) => {
    const value = observed[name];
    const usual = baselines.get(name);
    const p75 = usual === undefined ? "" : ` (P75 ${factValue(name, usual)})`;
    return `${name} ${value === undefined ? NO_DATA : sanitise(factValue(name, value))}${p75}`;
  });
  const settings = Object.entries(thresholds).map(([key, value]) => `${key} ${value ?? "off"}`);
  const looked = [...facts.slice(0, -1).map(comma), facts.at(-1) ?? ""];
  const limits = settings.length === 0 ? [] : ["·", ...settings.slice(0, -1).map(comma), settings.at(-1) ?? ""];
  const gap = missing === undefined ? [] : wrap(`missing: ${missing}`, columns - 4);
  return [...gap, ...wrapItems([...looked, ...limits], " ", columns - 4)].map((line) => `    ${line}`);
}

const comma = (text: string): string => `${text},`;
