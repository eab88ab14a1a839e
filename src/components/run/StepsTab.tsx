import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Badge, IconButton, useStyles2 } from "@grafana/ui";
import { useMemo } from "react";
import type { Run } from "../../core/run";
import { duration, KIND_NAMES } from "../../core/words";
import { useEnvironment } from "../environment";
import { Empty } from "../states";
import { type Column, DataTable } from "../table";
import { t } from "../text";
import { LogList } from "./LogList";
import { type StepRow, stepRows } from "./stepRows";

export interface StepsTabProps {
  readonly run: Run;
  readonly find: string;
  readonly selected: number | undefined;
  readonly onClose: () => void;
}

/** One line per step with what is known of it; the lines of the selected one below. */
export function StepsTab({ run, find, selected, onClose }: StepsTabProps) {
  const styles = useStyles2(stylesOf);
  const { settings, href, location } = useEnvironment();
  const rows = useMemo(() => stepRows(run, find, settings.slowStepMinMs), [run, find, settings.slowStepMinMs]);
  const lines = useMemo(
    () => run.lines.flatMap((line, index) => (line.step_index === selected ? [{ index, line }] : [])),
    [run.lines, selected],
  );
  const columns = useMemo(() => columnsOf(styles), [styles]);
  if (run.steps.length === 0) {
    return (
      <Empty title={t("run.noSteps", "No steps")}>{t("run.noStepsHelp", "No call of this run was written.")}</Empty>
    );
  }
  if (rows.length === 0) {
    return (
      <Empty title={t("run.noStepFound", "No step matches")} icon="search">
        {t("run.noStepFoundHelp", "Esc in the field clears the search.")}
      </Empty>
    );
  }
  return (
    <>
      <DataTable
        label={t("run.stepsOf", "Steps of the run")}
        rows={rows}
        columns={columns}
        keyOf={(row) => row.key}
        href={({ step }) => href({ ...location, params: { ...location.params, step: String(step.step_index) } })}
        look={({ step }) => ({ failure: step.failed, current: step.step_index === selected })}
        maxHeight={selected === undefined ? "70vh" : "40vh"}
      />
      {selected !== undefined && (
        <section className={styles.details} aria-label={t("run.stepDetails", "Step {{selected}}", { selected })}>
          <header className={styles.head}>
            <h3 className={styles.title}>{t("run.stepLines", "Lines of step {{selected}}", { selected })}</h3>
            <IconButton name="times" aria-label={t("run.closeStep", "Close the step")} onClick={onClose} />
          </header>
          {lines.length === 0 ? (
            <p>{t("run.noStepLines", "The run has no line of this step.")}</p>
          ) : (
            <LogList key={selected} run={run} rows={lines} maxHeight="32vh" open />
          )}
        </section>
      )}
    </>
  );
}

function columnsOf(styles: ReturnType<typeof stylesOf>): readonly Column<StepRow>[] {
  return [
    {
      id: "step",
      title: t("run.column.step", "Step"),
      cell: ({ step }) => step.step_index,
      align: "right",
      width: 44,
      opens: true,
      stacked: "head",
    },
    {
      id: "at",
      title: t("run.column.at", "At"),
      cell: ({ at_ms }) => duration(at_ms),
      align: "right",
      width: 72,
      priority: 2,
    },
    {
      id: "kind",
      title: t("run.column.kind", "Kind"),
      cell: ({ step }) => KIND_NAMES[step.kind],
      width: 64,
      priority: 3,
    },
    {
      id: "name",
      title: t("run.column.name", "Name"),
      cell: ({ name }) => <span title={name}>{name}</span>,
      width: 120,
      grow: 1,
      stacked: "head",
    },
    {
      id: "took",
      title: t("run.column.took", "Took"),
      cell: ({ step, slowest }) => (
        <span className={slowest ? styles.slowest : undefined}>{duration(step.duration_ms)}</span>
      ),
      align: "right",
      width: 76,
    },
    {
      id: "known",
      title: t("run.column.known", "What is known"),
      cell: ({ known, slowest, step }) => (
        <span title={known.join(", ")} className={step.failed ? styles.failed : undefined}>
          {slowest && (
            <>
              <Badge color="orange" text={t("run.slowest", "slowest")} />{" "}
            </>
          )}
          {known.join(", ")}
        </span>
      ),
      width: 160,
      grow: 2,
      priority: 1,
    },
  ];
}

const stylesOf = (theme: GrafanaTheme2) => ({
  slowest: css({ fontWeight: theme.typography.fontWeightBold }),
  failed: css({ color: theme.colors.error.text }),
  details: css({ marginTop: theme.spacing(2), borderTop: `1px solid ${theme.colors.border.medium}` }),
  head: css({ display: "flex", alignItems: "center", justifyContent: "space-between", padding: theme.spacing(1, 0) }),
  title: css({ ...theme.typography.h5, margin: 0 }),
});
