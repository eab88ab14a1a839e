import { useMemo } from "react";
import type { Detector, Thresholds } from "../../core/detectors";
import type { QuestionOf } from "../../logql/ask";
import { type Asked, useAsk } from "../environment";
import { useIdentityFilter } from "../filters";
import { neighbours, rangeOf, type SettingRange } from "./settingRange";

export interface WhatIfs {
  /** The values that are compared; none of a detector without settings. */
  readonly values: readonly number[];
  readonly range: SettingRange | undefined;
  /** One candidate for each value, or the one of today. */
  readonly counts: Asked<"whatIf">;
  /** The runs that fire today, and those that fire as tried. */
  readonly runs: Asked<"whatIf">;
}

/**
 * Asks how many runs would fire at the values next to the one in use, and which ones at the value tried.
 *
 * @param setting the one that varies; the others are as tried
 * @param most runs to name
 */
export function useWhatIf(
  detector: Detector,
  setting: string | undefined,
  inUse: Thresholds,
  tried: Thresholds,
  most: number,
): WhatIfs {
  const filter = useIdentityFilter();
  const today = setting === undefined ? undefined : inUse[setting];
  const now = setting === undefined ? undefined : tried[setting];
  const range = useMemo(
    () => (setting === undefined || today === undefined ? undefined : rangeOf(setting, today)),
    [setting, today],
  );
  const values = useMemo(
    () => (range === undefined || today === undefined ? [] : neighbours(range, today, now ?? today)),
    [range, today, now],
  );
  const changed = Object.fromEntries(Object.entries(tried).filter(([name, value]) => inUse[name] !== value));
  const base = { failure_type: detector.type, filter };
  const candidates: QuestionOf<"whatIf">["candidates"] =
    setting === undefined || values.length === 0
      ? [changed]
      : values.map((value) => ({ ...changed, [setting]: value }));
  const counts = useAsk("whatIf", (span) => ({ range: span, ...base, candidates }), { once: true });
  const runs = useAsk("whatIf", (span) => ({ range: span, ...base, candidates: [{}, changed], runs: most }), {
    once: true,
  });
  return { values, range, counts, runs };
}
