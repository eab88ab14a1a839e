import { detectorOf } from "../../core/detectors";
import { type DetectorState, detectorStates, type JudgedRun } from "../../core/judging";
import type { FailureType } from "../../core/wire";
import { factValue, NO_DATA } from "../../core/words";
import { sanitise } from "./sanitise";
import { severityText } from "./severity";
import type { Style } from "./style";
import { type Column, table } from "./table";
import { wrap, wrapItems } from "./width";

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
