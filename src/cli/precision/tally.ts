import type { Verdict } from "../../core/detectors";
import { FAILURE_TYPES, type FailureType, SEVERITIES, type Severity, severityRank } from "../../core/wire";

/** On how many runs something fired, by their outcome. */
export interface Fires {
  successes: number;
  failures: number;
}

/** What fired on runs of known outcome. */
export interface PrecisionRow extends Readonly<Fires> {
  readonly failure_type: FailureType | "any";
  /** The severity itself for one detector, the least severity for "any". */
  readonly severity: Severity;
  readonly shadow: boolean;
  /** Share of the runs it fired on that failed; null when it fired on none. */
  readonly precision: number | null;
  /** Precision over the share of failures among all runs. */
  readonly lift: number | null;
}

/** A limit on how often signals may fire on runs that did what they were meant to do. */
export interface Bar {
  readonly failure_type: FailureType | "any";
  /** At most so many successful runs. */
  readonly allowed: number;
  readonly fired: number;
  readonly kept: boolean;
}

/** How often a detector could judge. */
export interface DetectorCount {
  readonly failure_type: FailureType;
  readonly fired: number;
  readonly clear: number;
  readonly no_data: number;
}

export interface PrecisionReport {
  readonly runs: number;
  readonly successes: number;
  readonly failures: number;
  /** Runs without an entry in the truth files, left out of everything. */
  readonly without_truth: number;
  readonly rows: readonly PrecisionRow[];
  readonly bars: readonly Bar[];
  readonly detectors: readonly DetectorCount[];
}

/** The least severities of the rows over all detectors. */
const TOGETHER = ["HIGH", "MEDIUM", "LOW"] as const satisfies readonly Severity[];

/** Successes that HIGH and CRITICAL of one detector, and of all together, may fire on; one run is always allowed. */
const SHARE_EACH = 0.01;
const SHARE_TOGETHER = 0.015;

/** Counts signals on runs of known outcome. */
export class PrecisionTally {
  readonly #all: Fires = { successes: 0, failures: 0 };
  readonly #rows = new Map<string, Fires>();
  readonly #together = new Map<Severity, Fires>();
  readonly #severe = new Map<FailureType, Fires>();
  readonly #fired = new Map<FailureType, number>();
  readonly #noData = new Map<FailureType, number>();
  #withoutTruth = 0;

  /** @param success undefined when the outcome is not known */
  add({ signals, no_data }: Verdict, success: boolean | undefined): void {
    if (success === undefined) {
      this.#withoutTruth += 1;
      return;
    }
    const outcome = success ? "successes" : "failures";
    this.#all[outcome] += 1;
    for (const signal of signals) {
      countIn(this.#rows, rowKey(signal.failure_type, signal.severity, signal.shadow), outcome);
      this.#fired.set(signal.failure_type, (this.#fired.get(signal.failure_type) ?? 0) + 1);
      if (!signal.shadow && isSevere(signal.severity)) countIn(this.#severe, signal.failure_type, outcome);
    }
    for (const { failure_type } of no_data) this.#noData.set(failure_type, (this.#noData.get(failure_type) ?? 0) + 1);
    const worst = Math.max(
      -1,
      ...signals.filter(({ shadow }) => !shadow).map(({ severity }) => severityRank(severity)),
    );
    for (const least of TOGETHER) if (worst >= severityRank(least)) countIn(this.#together, least, outcome);
  }

  report(): PrecisionReport {
    const { successes, failures } = this.#all;
    const runs = successes + failures;
    const row = (
      failure_type: FailureType | "any",
      severity: Severity,
      shadow: boolean,
      fires: Fires,
    ): PrecisionRow => {
      const fired = fires.successes + fires.failures;
      const precision = fired === 0 ? null : fires.failures / fired;
      const lift = precision === null || failures === 0 ? null : precision / (failures / runs);
      return { failure_type, severity, shadow, ...fires, precision: round(precision), lift: round(lift) };
    };
    const single = FAILURE_TYPES.flatMap((type) =>
      SEVERITIES.toReversed().flatMap((severity) =>
        [false, true].flatMap((shadow) => {
          const fires = this.#rows.get(rowKey(type, severity, shadow));
          return fires === undefined ? [] : [row(type, severity, shadow, fires)];
        }),
      ),
    );
    const together = TOGETHER.map((least) => row("any", least, false, this.#together.get(least) ?? noFires()));
    return {
      runs,
      successes,
      failures,
      without_truth: this.#withoutTruth,
      rows: [...together, ...single],
      bars: this.#bars(),
      detectors: FAILURE_TYPES.map((failure_type) => {
        const fired = this.#fired.get(failure_type) ?? 0;
        const no_data = this.#noData.get(failure_type) ?? 0;
        return { failure_type, fired, clear: runs - fired - no_data, no_data };
      }),
    };
  }

  #bars(): Bar[] {
    const { successes } = this.#all;
    const bar = (failure_type: FailureType | "any", share: number, fired: number): Bar => {
      const allowed = Math.max(1, Math.floor(successes * share));
      return { failure_type, allowed, fired, kept: fired <= allowed };
    };
    const together = this.#together.get("HIGH")?.successes ?? 0;
    const each = FAILURE_TYPES.flatMap((type) => {
      const fires = this.#severe.get(type);
      return fires === undefined ? [] : [bar(type, SHARE_EACH, fires.successes)];
    });
    return [bar("any", SHARE_TOGETHER, together), ...each];
  }
}

const isSevere = (severity: Severity): boolean => severityRank(severity) >= severityRank("HIGH");
const noFires = (): Fires => ({ successes: 0, failures: 0 });
const rowKey = (type: FailureType, severity: Severity, shadow: boolean): string => `${type} ${severity} ${shadow}`;
const round = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000);

function countIn<Key>(counts: Map<Key, Fires>, key: Key, outcome: keyof Fires): void {
  const fires = counts.get(key) ?? noFires();
  fires[outcome] += 1;
  counts.set(key, fires);
}
