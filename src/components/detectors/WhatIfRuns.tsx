import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import type { Detector, Thresholds } from "../../core/detectors";
import { FACT_FIELDS, type FactName } from "../../core/facts/facts";
import { factValue } from "../../core/words";
import type { RunSummary } from "../../logql/readers";
import { useEnvironment, useParams } from "../environment";
import { AskView } from "../states";
import { type Column, DataTable } from "../table";
import { t } from "../text";
import { Moment } from "../values";
import { type ComparedRun, compareRuns } from "./compareRuns";
import { decidingFact } from "./comparisons";
import type { WhatIfs } from "./useWhatIf";

/** Runs named at first, and all at once. */
export const [FEW, MANY] = [10, 200];

/** The runs that fire today or as tried, and what becomes of each. */
export function WhatIfRuns(props: {
  readonly detector: Detector;
  readonly setting: string | undefined;
  readonly tried: Thresholds;
  /** The thresholds tried are not those in use. */
  readonly isChanged: boolean;
  readonly whatIfs: WhatIfs;
}) {
  const { detector, setting, tried, isChanged, whatIfs } = props;
  const { href, location } = useEnvironment();
  const styles = useStyles2(stylesOf);
  const [params, change] = useParams();
  const isAll = params.list === "all";
  return (
    <AskView what={t("detectors.runs", "The runs")} asked={whatIfs.runs} rows={4}>
      {({ candidates: [today, then] }) => {
        if (today === undefined || then === undefined) return null;
        const rows = compareRuns(today, then);
        const all = Math.max(today.fired, then.fired);
        if (rows.length === 0) {
          return (
            <p className={styles.quiet}>
              {t("detectors.noRuns", "No run of this time fires, neither today nor as tried.")}
            </p>
          );
        }
        const observed = observedFact(detector, setting, tried);
        return (
          <>
            <DataTable
              label={t("detectors.runs", "The runs")}
              rows={isAll ? rows : rows.slice(0, FEW)}
              columns={columns(detector, observed, isChanged)}
              keyOf={({ run }) => run.run_id}
              href={({ run }) => href({ page: "run", id: run.run_id, params: runParams(location.params, run) })}
              maxHeight="40vh"
            />
            {!isAll && all > Math.min(FEW, rows.length) && (
              <div>
                <Button variant="secondary" size="sm" onClick={() => change({ list: "all" }, { replace: true })}>
                  {all > MANY
                    ? t("detectors.showMany", "Show the newest {{number}} of {{all}}", { number: MANY, all })
                    : t("detectors.showAll", "Show all {{all}}", { all })}
                </Button>
              </div>
            )}
          </>
        );
      }}
    </AskView>
  );
}

/** The time of the run goes along, so that it is found whatever the range says. */
function runParams(params: Readonly<Record<string, string>>, { started_at }: RunSummary): Record<string, string> {
  const { from, to, refresh, timezone } = params;
  const kept = Object.entries({ from, to, refresh, timezone }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...Object.fromEntries(kept), at: String(Math.floor(started_at / 1000)) };
}

function observedFact(detector: Detector, setting: string | undefined, tried: Thresholds): FactName | undefined {
  const compared = setting === undefined ? undefined : decidingFact(detector, setting, tried)?.fact;
  return compared ?? detector.reads.find((name) => FACT_FIELDS[name].kind !== "string");
}

/** The texts among the facts of the rule, such as the tool of a loop. */
function happened(detector: Detector, { facts }: RunSummary): string {
  return detector.reads
    .flatMap((name) => {
      const value = facts?.[name];
      return typeof value === "string" ? [value] : [];
    })
    .join(", ");
}

function columns(
  detector: Detector,
  observed: FactName | undefined,
  isChanged: boolean,
): readonly Column<ComparedRun>[] {
  const hasTexts = detector.reads.some((name) => FACT_FIELDS[name].kind === "string");
  return [
    {
      id: "run",
      title: t("detectors.column.run", "Run"),
      cell: ({ run }) => <span title={run.run_id}>{run.run_id.slice(0, 8)}</span>,
      width: 80,
      opens: true,
      stacked: "head",
    },
    {
      id: "agent",
      title: t("detectors.column.agent", "Agent"),
      cell: ({ run }) => <span title={run.agent_id}>{run.agent_id}</span>,
      width: 90,
      grow: 1,
      priority: 2,
    },
    ...(hasTexts
      ? [
          {
            id: "happened",
            title: t("detectors.column.happened", "What"),
            cell: ({ run }: ComparedRun) => happened(detector, run),
            width: 90,
            grow: 1,
            priority: 3,
          },
        ]
      : []),
    {
      id: "ended",
      title: t("detectors.column.ended", "Ended"),
      cell: ({ run }) => (run.ended_at === undefined ? "" : <Moment at={run.ended_at / 1000} />),
      width: 96,
      priority: 4,
    },
    ...(observed === undefined
      ? []
      : [
          {
            id: "observed",
            title: observed.replace(/_ms$/, "").replaceAll("_", " "),
            cell: ({ run }: ComparedRun) => {
              const value = run.facts?.[observed];
              return value === undefined ? "" : factValue(observed, value);
            },
            align: "right" as const,
            width: 110,
          },
        ]),
    ...(isChanged
      ? [
          {
            id: "becomes",
            title: t("detectors.column.becomes", "As tried"),
            cell: ({ becomes }: ComparedRun) => becomesText(becomes),
            width: 100,
          },
        ]
      : []),
  ];
}

function becomesText(becomes: ComparedRun["becomes"]): string {
  switch (becomes) {
    case "still fires":
      return t("detectors.stillFires", "still fires");
    case "would be clear":
      return t("detectors.wouldBeClear", "would be clear");
    case "would fire":
      return t("detectors.wouldFireNew", "would fire");
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
});
