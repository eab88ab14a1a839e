import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Badge, Icon, useStyles2 } from "@grafana/ui";
import { useId, useState } from "react";
import type { Comparison } from "../../core/detectors";
import { detectorOf } from "../../core/detectors";
import type { DetectorState } from "../../core/judging";
import type { RunDetails } from "../../logql/ask";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import { FactTable } from "./FactTable";
import { factWords, observedOf } from "./observed";

export interface DetectorItemProps {
  readonly state: DetectorState;
  readonly details: RunDetails;
}

/** A detector's verdict on the run in a line; the facts by their names below it, on demand. */
export function DetectorItem({ state, details }: DetectorItemProps) {
  const styles = useStyles2(stylesOf);
  const [open, setOpen] = useState(false);
  const id = useId();
  const { failure_type, missing } = state;
  const { label, summary, reads } = detectorOf(failure_type);
  const signal = details.signals.find((each) => each.failure_type === failure_type);
  const differ = reads.some((name) => details.run.facts_differ.includes(name));
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? "angle-down" : "angle-right"} />
        <span className={styles.state}>
          {signal !== undefined ? (
            <SeverityBadge severity={signal.severity} shadow={signal.shadow} />
          ) : state.state === "no data" ? (
            <span className={styles.unknown}>
              <Icon name="question-circle" size="sm" /> {t("run.noData", "no data")}
            </span>
          ) : (
            <span className={styles.clear}>
              <Icon name="check" size="sm" /> {t("run.clear", "clear")}
            </span>
          )}
        </span>
        <span className={styles.label}>{label}</span>
        <span className={styles.words}>
          {missing !== undefined ? (
            t("run.missing", "missing: {{missing}}", { missing })
          ) : (
            <Against failure_type={failure_type} details={details} />
          )}
        </span>
        {differ && <Badge color="purple" text={t("run.factDiffers", "facts differ")} />}
      </button>
      {open && (
        <div id={id} className={styles.details}>
          <p className={styles.summary}>{summary}</p>
          <FactTable names={reads} details={details} thresholds={state.thresholds} />
        </div>
      )}
    </li>
  );
}

/** Observed against `loop count 4, at least 3`. */
function Against({
  failure_type,
  details,
}: {
  readonly failure_type: DetectorState["failure_type"];
  readonly details: RunDetails;
}) {
  const styles = useStyles2(stylesOf);
  return (
    <>
      {observedOf(failure_type, details).map(({ fact, op, value, limit, holds }) => (
        <span key={`${fact}${op}${limit}`} className={styles.against}>
          {factWords(fact)} <strong className={holds ? styles.past : undefined}>{value}</strong>{" "}
          <span className={styles.limit}>{limitText(op, limit)}</span>
        </span>
      ))}
    </>
  );
}

function limitText(op: Comparison, limit: string): string {
  switch (op) {
    case ">=":
      return t("run.limit.atLeast", "(from {{limit}})", { limit });
    case ">":
      return t("run.limit.above", "(above {{limit}})", { limit });
    case "<=":
      return t("run.limit.atMost", "(up to {{limit}})", { limit });
    case "<":
      return t("run.limit.below", "(below {{limit}})", { limit });
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  item: css({ borderBottom: `1px solid ${theme.colors.border.weak}` }),
  head: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(0.25, 1),
    width: "100%",
    padding: theme.spacing(0.75, 0),
    background: "none",
    border: "none",
    textAlign: "left",
    color: "inherit",
    "&:hover": { background: theme.colors.action.hover },
  }),
  state: css({ width: 132 }),
  unknown: css({ color: theme.colors.text.secondary, fontStyle: "italic" }),
  clear: css({ color: theme.colors.text.secondary }),
  label: css({ width: 200, fontWeight: theme.typography.fontWeightMedium }),
  words: css({ flex: "1 1 300px", display: "flex", flexWrap: "wrap", gap: theme.spacing(0, 2), minWidth: 0 }),
  against: css({ fontVariantNumeric: "tabular-nums" }),
  past: css({ textDecoration: "underline", textUnderlineOffset: 3 }),
  limit: css({ color: theme.colors.text.secondary }),
  details: css({ padding: theme.spacing(0, 0, 1.5, 3) }),
  summary: css({ color: theme.colors.text.secondary, margin: theme.spacing(0, 0, 1), maxWidth: "80ch" }),
});
