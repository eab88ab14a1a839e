import type { Signal } from "../../core/detectors";
import type { Run } from "../../core/run";
import { formatMicros, severityRank } from "../../core/wire";
import { compare } from "../../core/words";
import { type SignalRecord, signalRecord } from "./runRecord";
import { sanitise, shortId } from "./sanitise";
import { severityLabel, severityText } from "./severity";
import type { Style } from "./style";
import { type Column, table } from "./table";
import { truncate } from "./width";

/** A signal with its run, as programs read it. */
export interface FoundSignal extends SignalRecord {
  readonly run_id: string;
  readonly agent_id: string;
  readonly agent_version: string | null;
  /** Start of the run, RFC 3339. */
  readonly started_at: string;
}

export function foundSignal(run: Run, signal: Signal): FoundSignal {
  return {
    run_id: run.run_id,
    agent_id: run.agent_id,
    agent_version: run.agent_version ?? null,
    started_at: formatMicros(run.started_at),
    ...signalRecord(signal),
  };
}

/** For sorting: worst first, of equally severe ones the newest run's, wherever their lines stand. */
export function compareSignals(a: FoundSignal, b: FoundSignal): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    compare(b.started_at, a.started_at) ||
    compare(a.run_id, b.run_id) ||
    compare(a.failure_type, b.failure_type)
  );
}

interface Layout {
  readonly style: Style;
  readonly columns: number;
}

/** One row per signal with its title below. */
export function signalsTable(signals: readonly FoundSignal[], { style, columns }: Layout): string[] {
  if (signals.length === 0) return ["No signals."];
  const layout: Column<FoundSignal>[] = [
    {
      title: "SEVERITY",
      value: (signal) => severityText(signal),
      paint: (_text, signal) => severityLabel(signal, style),
    },
    { title: "TYPE", value: (signal) => signal.failure_type },
    { title: "CONF", value: (signal) => signal.confidence.toFixed(2), align: "right" },
    { title: "RUN", value: (signal) => shortId(signal.run_id) },
    { title: "AGENT", value: (signal) => sanitise(signal.agent_id), shrinksTo: 12, isName: true },
    {
      title: "STEP",
      value: (signal) => (signal.step_index === undefined ? "–" : String(signal.step_index)),
      align: "right",
    },
  ];
  return table(layout, signals, {
    columns,
    below: (signal) => [`  ${truncate(sanitise(signal.title), columns - 2)}`],
    paintTitle: style.dim,
  });
}
