import { type Baseline, DEFAULT_SETTINGS, type FailureType, type Thresholds } from "../../../core";
import type { RawLines } from "./combine";
import { type Producer, RAW_FORMS, type RawOutcomes } from "./forms";

export { type RawLines, RUN_LABEL } from "./combine";
export type { Producer, RawOutcomes } from "./forms";

export interface RawRequest extends RawLines {
  /** The built-in ones by default. */
  readonly thresholds?: Thresholds | undefined;
  /** None by default. */
  readonly baseline?: Baseline | undefined;
}

export interface RawQueries extends RawOutcomes {
  /** They join series by run, which a real Loki does and the embedded store refuses by name. */
  readonly joins: boolean;
  /** On whose lines the queries say just what the rule says. */
  readonly exactFor: readonly Producer[];
}

/**
 * On which runs does a detector fire, by the events themselves: for producers that write no facts. Metric queries at one
 * instant, whose series are runs (label `rid`); where more than 500 runs lie in the window, `max_query_series` of a real Loki
 * has to be raised.
 *
 * @returns undefined where no query over single lines can say what the rule says
 * @example rawQueries("LLM_TRUNCATION_LOOP", { windowMs: 3_600_000 })?.fires[0]?.query
 */
export function rawQueries(type: FailureType, request: RawRequest): RawQueries | undefined {
  const { thresholds = DEFAULT_SETTINGS[type].thresholds, baseline = {}, ...raw } = request;
  const form = RAW_FORMS[type];
  return form && { ...form.ask({ raw, thresholds, baseline }), joins: form.joins, exactFor: form.exactFor };
}
