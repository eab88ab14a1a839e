import { locationUtil, type PanelProps } from "@grafana/data";
import { locationService, PanelDataErrorView } from "@grafana/runtime";
import { useEffect, useMemo, useState } from "react";
import { appRunHref } from "../../components/frames/appLinks";
import type { FramedRun } from "../../components/frames/runsFromFrames";
import { Loading } from "../../components/states";
import { t } from "../../components/text";
import { Timeline } from "../../components/timeline";
import type { TimelinePanelOptions } from "./options";
import { HEADER_HEIGHT, RunHeader } from "./RunHeader";
import { useFramedRuns, useRebuilt } from "./useFramed";

const NONE: readonly FramedRun[] = [];

/** The run in any frame of log lines. */
export function TimelinePanel(props: PanelProps<TimelinePanelOptions>) {
  const { id, data, fieldConfig, options, height, replaceVariables } = props;
  const read = useFramedRuns(data.series);
  const { runs, missing } = read ?? { runs: NONE, missing: undefined };
  const wanted = replaceVariables(options.run_id).trim();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [step, setStep] = useState<number | undefined>(undefined);
  const [showInner, setShowInner] = useState(options.showInner);
  useEffect(() => setShowInner(options.showInner), [options.showInner]);
  // A run nested in another of the frames is shown with that one.
  const roots = useMemo(() => {
    const ids = new Set(runs.map((run) => run.run_id));
    return runs.filter(({ parent_run_id }) => parent_run_id === undefined || !ids.has(parent_run_id));
  }, [runs]);
  const framed =
    wanted === ""
      ? (roots.find((run) => run.run_id === chosen) ?? roots[0] ?? runs[0])
      : runs.find((run) => run.run_id === wanted);
  const now = useMemo(() => Math.min(Date.now(), data.timeRange.to.valueOf()), [data]);
  const rebuilt = useRebuilt(framed, runs, now);
  if (read === undefined || (framed !== undefined && rebuilt === undefined)) return <Loading />;
  if (rebuilt === undefined) {
    const message = missing === undefined ? noSuchRun(wanted) : whatIsMissing(missing);
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} message={message} />;
  }
  const { run, signals, nested } = rebuilt;
  return (
    <div style={{ height, overflow: "hidden" }}>
      <RunHeader
        run={run}
        href={hrefOf(run.run_id, run.started_at / 1000)}
        choice={wanted === "" && roots.length > 1 ? roots : undefined}
        onChoose={(run_id) => {
          setChosen(run_id);
          setStep(undefined);
        }}
      />
      <Timeline
        key={run.run_id}
        run={run}
        signals={signals}
        nested={nested}
        selected={step}
        onSelect={setStep}
        showInner={showInner}
        onShowInner={setShowInner}
        slowStepMinMs={options.slowStepMinMs}
        height={Math.max(height - HEADER_HEIGHT, 160)}
        onOpenRun={(run_id) => locationService.push(appRunHref({ run_id }))}
      />
    </div>
  );
}

function hrefOf(run_id: string, at: number): string {
  return locationUtil.assureBaseUrl(appRunHref({ run_id, at }));
}

function noSuchRun(run_id: string): string {
  return t("timelinePanel.noSuchRun", "No line of the run {{run_id}} is in the data. Another time range may have it.", {
    run_id,
  });
}

function whatIsMissing(missing: "field" | "lines"): string {
  return missing === "field"
    ? t(
        "timelinePanel.noField",
        "The data has no field with log lines. A Loki query that returns lines, or the query type One run in the format Logs of the Dunetrace agents data source, gives one.",
      )
    : t(
        "timelinePanel.noLines",
        "No log line of the data belongs to a run of an agent. Lines need the wire format of Dunetrace, without line_format or other changes.",
      );
}
