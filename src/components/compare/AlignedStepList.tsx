import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import type { Run, Step } from "../../core/run";
import { duration, KIND_NAMES, stepName } from "../../core/words";
import { runTarget } from "../run/links";
import { Note } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";
import { type AlignedSteps, alignSteps } from "./align";

const ROW_HEIGHT = 28;

/** The steps of two runs in one order: what only one of them did stands alone. Only the rows in sight exist. */
export function AlignedStepList({ a, b }: { readonly a: Run; readonly b: Run }) {
  const styles = useStyles2(stylesOf);
  const { rows, exact } = useMemo(() => alignSteps(a.steps, b.steps), [a.steps, b.steps]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const same = rows.filter((row) => row.same).length;
  return (
    <>
      <p className={styles.count}>
        {t(
          "compare.alignment",
          "{{same}} steps are the same, {{onlyA}} only in A, {{onlyB}} only in B, {{other}} with other arguments.",
          {
            same,
            onlyA: rows.filter(({ b: other }) => other === undefined).length,
            onlyB: rows.filter(({ a: one }) => one === undefined).length,
            other: rows.filter((row) => !row.same && row.a !== undefined && row.b !== undefined).length,
          },
        )}
      </p>
      {!exact && (
        <Note title={t("compare.rough", "The runs are too long to align step by step")}>
          {t("compare.roughHelp", "Their beginning and end are aligned; between them steps stand by their order.")}
        </Note>
      )}
      <div ref={scroller} className={styles.scroller}>
        <ol className={styles.list} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <li
                key={index}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
                className={styles.row}
                style={{ transform: `translateY(${start}px)`, height: ROW_HEIGHT }}
              >
                <StepCell step={row.a} run={a} same={row.same} />
                <span className={styles.mark}>{markOf(row)}</span>
                <StepCell step={row.b} run={b} same={row.same} />
              </li>
            );
          })}
        </ol>
      </div>
    </>
  );
}

function markOf({ a, b, same }: AlignedSteps): string {
  if (same) return "=";
  if (a === undefined) return t("compare.onlyB", "only B");
  return b === undefined ? t("compare.onlyA", "only A") : t("compare.otherArguments", "≠ args");
}

interface StepCellProps {
  readonly step: Step | undefined;
  readonly run: Run;
  readonly same: boolean;
}

function StepCell({ step, run, same }: StepCellProps) {
  const styles = useStyles2(stylesOf);
  if (step === undefined) return <span className={styles.cell} />;
  return (
    <span className={cx(styles.cell, same && styles.quiet, step.failed && styles.failed)}>
      <ViewLink to={runTarget(run, { tab: "steps", step: String(step.step_index) })}>{step.step_index}</ViewLink>
      <span>{KIND_NAMES[step.kind]}</span>
      <span className={styles.name} title={stepName(step)}>
        {stepName(step)}
      </span>
      {step.failed && <span>{t("compare.failed", "failed")}</span>}
      <span className={styles.took}>{duration(step.duration_ms)}</span>
    </span>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  count: css({ color: theme.colors.text.secondary }),
  scroller: css({ maxHeight: "60vh", overflow: "auto" }),
  list: css({ position: "relative", margin: 0, padding: 0, listStyle: "none", minWidth: 360 }),
  row: css({
    position: "absolute",
    top: 0,
    left: 0,
    width: "100%",
    display: "grid",
    gridTemplateColumns: "1fr 64px 1fr",
    alignItems: "center",
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  mark: css({ textAlign: "center", color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  cell: css({ display: "flex", gap: theme.spacing(1), minWidth: 0, fontVariantNumeric: "tabular-nums" }),
  quiet: css({ color: theme.colors.text.secondary }),
  failed: css({ color: theme.colors.error.text }),
  name: css({ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", minWidth: 0 }),
  took: css({ marginLeft: "auto", whiteSpace: "nowrap" }),
});
