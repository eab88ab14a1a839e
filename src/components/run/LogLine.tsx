import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { dateTimeFormat } from "@grafana/data";
import { ClipboardButton, Icon, useStyles2 } from "@grafana/ui";
import type { Run } from "../../core/run";
import { useEnvironment } from "../environment";
import { t } from "../text";
import { jsonOf, type LogRow, shownPayload } from "./logRows";

export interface LogLineProps {
  readonly run: Pick<Run, "started_at" | "capture">;
  readonly row: LogRow;
  readonly marked: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** A line of the event log: when, what, and its payload; the raw JSON on demand. */
export function LogLine({ run, row: { line }, marked, open, onToggle }: LogLineProps) {
  const styles = useStyles2(stylesOf);
  const { timeZone } = useEnvironment();
  const { pairs, hidden } = shownPayload(line, run.capture);
  const isFailure = line.event_type === "run.errored";
  return (
    <div className={cx(styles.line, marked && styles.marked, isFailure && styles.failure)}>
      <button type="button" className={styles.summary} aria-expanded={open} onClick={onToggle}>
        <Icon name={open ? "angle-down" : "angle-right"} />
        <span className={styles.number}>{line.seq === undefined ? "" : `#${line.seq}`}</span>
        <span
          className={styles.time}
          title={dateTimeFormat(line.time / 1000, { timeZone, defaultWithMS: true })}
        >{`+${secondsOf(line.time - run.started_at)} s`}</span>
        <span className={styles.type}>{line.event_type}</span>
        <span className={styles.step}>{t("run.atStep", "step {{step}}", { step: line.step_index })}</span>
        <span className={cx(styles.payload, !open && styles.cut)}>
          {pairs.map(({ key, value }) => (
            <span key={key} className={styles.pair}>
              <span className={styles.key}>{key}=</span>
              {value}{" "}
            </span>
          ))}
          {hidden.length > 0 && (
            <span className={styles.key}>
              {t("run.notShown", "(not shown: {{names}})", { names: hidden.join(", ") })}
            </span>
          )}
        </span>
      </button>
      {open && <RawJson text={jsonOf(line, run.capture)} />}
    </div>
  );
}

/** µs as seconds, to the ms: neighbouring lines are often less than 100 ms apart. */
const secondsOf = (micros: number): string => (micros / 1_000_000).toFixed(3);

function RawJson({ text }: { readonly text: string }) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.raw}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={styles.json} tabIndex={0}>
        {text}
      </pre>
      <ClipboardButton
        getText={() => text}
        icon="copy"
        size="sm"
        variant="secondary"
        aria-label={t("run.copyJson", "Copy the line as JSON")}
      />
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  line: css({ borderBottom: `1px solid ${theme.colors.border.weak}`, borderLeft: "3px solid transparent" }),
  marked: css({ background: theme.colors.action.selected, borderLeftColor: theme.colors.primary.main }),
  failure: css({ borderLeftColor: theme.colors.error.main }),
  summary: css({
    display: "grid",
    gridTemplateColumns: "16px 44px 76px minmax(120px, 160px) 60px 1fr",
    gap: theme.spacing(1),
    width: "100%",
    padding: theme.spacing(0.5, 0.5),
    background: "none",
    border: "none",
    textAlign: "left",
    color: "inherit",
    fontVariantNumeric: "tabular-nums",
    "&:hover": { background: theme.colors.action.hover },
    "@media (max-width: 700px)": {
      gridTemplateColumns: "16px 40px 64px 1fr",
      "& > :nth-child(5)": { display: "none" },
    },
  }),
  number: css({ textAlign: "right", color: theme.colors.text.secondary }),
  time: css({ textAlign: "right", whiteSpace: "nowrap" }),
  type: css({
    fontWeight: theme.typography.fontWeightMedium,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  }),
  step: css({ color: theme.colors.text.secondary, whiteSpace: "nowrap" }),
  payload: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    minWidth: 0,
    overflowWrap: "anywhere",
    "@media (max-width: 700px)": { gridColumn: "1 / -1" },
  }),
  cut: css({ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  pair: css({ marginRight: theme.spacing(0.5) }),
  key: css({ color: theme.colors.text.secondary }),
  raw: css({ display: "flex", alignItems: "start", gap: theme.spacing(1), padding: theme.spacing(0, 1, 1, 3) }),
  json: css({
    flex: "1 1 auto",
    margin: 0,
    maxHeight: "24em",
    overflow: "auto",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  }),
});
