import type { DataFrame } from "@grafana/data";
import { useEffect, useMemo, useState } from "react";
import { framedSignals } from "../../components/frames/framedSignals";
import {
  type FramedRun,
  type FramedRuns,
  type RebuiltRun,
  readRuns,
  rebuildFramed,
  rebuildUnjudged,
  runsFromFrames,
} from "../../components/frames/runsFromFrames";
import { inPieces } from "./inPieces";

/** So many lines are read before the first paint; more are read after it, in short tasks. */
const AT_ONCE = 1000;

/** The runs of the frames; undefined while a large answer is read for the first time. */
export function useFramedRuns(series: readonly DataFrame[]): FramedRuns | undefined {
  const isSmall = series.reduce((sum, { length }) => sum + length, 0) <= AT_ONCE;
  const atOnce = useMemo(() => (isSmall ? runsFromFrames(series) : undefined), [isSmall, series]);
  const [later, setLater] = useState<FramedRuns | undefined>(undefined);
  useEffect(() => {
    if (isSmall) return undefined;
    // Until it is read, what was there stays.
    return inPieces<FramedRuns | undefined>(readRuns(series), (read) => read && setLater(read));
  }, [isSmall, series]);
  return atOnce ?? later;
}

function* rebuilding(framed: FramedRun, runs: readonly FramedRun[], now: number): Generator<RebuiltRun, RebuiltRun> {
  const unjudged = rebuildUnjudged(framed, runs, now);
  yield unjudged;
  return { ...unjudged, signals: framedSignals(unjudged.run) };
}

/** The run, rebuilt; undefined while a long one is rebuilt for the first time. Its signals may come later than it. */
export function useRebuilt(
  framed: FramedRun | undefined,
  runs: readonly FramedRun[],
  now: number,
): RebuiltRun | undefined {
  const isShort = framed === undefined || framed.lines.length <= AT_ONCE;
  const atOnce = useMemo(
    () => (isShort && framed !== undefined ? rebuildFramed(framed, runs, now) : undefined),
    [isShort, framed, runs, now],
  );
  const [later, setLater] = useState<RebuiltRun | undefined>(undefined);
  useEffect(() => {
    if (isShort) return undefined;
    return inPieces(rebuilding(framed, runs, now), setLater);
  }, [isShort, framed, runs, now]);
  return atOnce ?? (later?.run.run_id === framed?.run_id ? later : undefined);
}
