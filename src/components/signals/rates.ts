import { FAILURE_TYPES, type FailureType } from "../../core/wire";
import type { SignalRateAnswer, TimeSpan } from "../../logql/ask";
import type { SignalGroup } from "../../logql/builders";
import { valuesOf } from "../charts/bars";

/** How often one failure came up over time. */
export interface TypeRate {
  readonly failure_type: FailureType;
  readonly total: number;
  /** By bar, oldest first. */
  readonly values: readonly number[];
}

/** What the rates are split by. */
export const rateGroups = ["failure_type", "severity"] as const satisfies readonly SignalGroup[];

/** The rates of all failures that came up, most frequent first. Severities of a type are added up. */
export function typeRates(series: SignalRateAnswer["series"], span: TimeSpan, step: number): TypeRate[] {
  return FAILURE_TYPES.map((failure_type): TypeRate => {
    const points = series.filter((one) => one.failure_type === failure_type).flatMap((one) => one.points);
    const values = valuesOf(points, span, step);
    return { failure_type, values, total: values.reduce((sum, value) => sum + value, 0) };
  })
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
}
