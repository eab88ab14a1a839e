import type { Labels, Sample } from "../api";

/** Runs by what became of them. */
export interface Counts {
  started: number;
  completed: number;
  failed: number;
}

const COUNTED: Readonly<Record<string, keyof Counts>> = {
  "run.started": "started",
  "run.completed": "completed",
  "run.errored": "failed",
};

/** Adds samples split by event up per key. */
export function countsBy(samples: readonly Sample[], keyOf: (metric: Labels) => string): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const { metric, value } of samples) {
    const kind = COUNTED[metric.event_type ?? ""];
    if (kind === undefined) continue;
    const key = keyOf(metric);
    const known = counts.get(key) ?? { started: 0, completed: 0, failed: 0 };
    known[kind] += value;
    counts.set(key, known);
  }
  return counts;
}
