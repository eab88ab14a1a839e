import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Badge, ClipboardButton, Combobox, useStyles2 } from "@grafana/ui";
import type { FramedRun } from "../../components/frames/runsFromFrames";
import { t } from "../../components/text";
import type { Run } from "../../core/run";
import { costOf, shortDuration, tokensOf } from "../../core/words";

/** px */
export const HEADER_HEIGHT = 40;
/** As many runs of the data are offered. */
const MOST = 500;

interface RunHeaderProps {
  readonly run: Run;
  /** The page of the run in the app. */
  readonly href: string;
  /** Runs to choose from. */
  readonly choice: readonly FramedRun[] | undefined;
  readonly onChoose: (run_id: string) => void;
}

/** Which run it is, how it went, and the way to its page. */
export function RunHeader({ run, href, choice, onChoose }: RunHeaderProps) {
  const styles = useStyles2(stylesOf);
  const streams = run.steps.some(({ call }) => call !== undefined && "streaming" in call && call.streaming === true);
  return (
    <div className={styles.header} style={{ height: HEADER_HEIGHT }}>
      {choice === undefined ? (
        <span className={styles.agent} title={run.agent_id}>
          {run.agent_id}
        </span>
      ) : (
        <Combobox
          width={36}
          aria-label={t("timelinePanel.choose", "Run")}
          value={run.run_id}
          options={choice.slice(0, MOST).map(({ run_id, agent_id, started_at }) => ({
            value: run_id,
            label: `${agent_id} · ${run_id.slice(0, 8)}`,
            description: new Date(started_at / 1000).toLocaleString(),
          }))}
          onChange={({ value }) => onChoose(value)}
        />
      )}
      <code className={styles.id} title={run.run_id}>
        {run.run_id.slice(0, 8)}
      </code>
      <ClipboardButton
        getText={() => run.run_id}
        icon="copy"
        size="sm"
        fill="text"
        variant="secondary"
        aria-label={t("timelinePanel.copyId", "Copy the whole id of the run")}
      />
      {run.status === "errored" && (
        <Badge color="red" icon="exclamation-circle" text={t("timelinePanel.failed", "FAILED")} />
      )}
      {(run.status === "running" || run.status === "stalled") && <Badge color="blue" text={run.status} />}
      {run.kind !== undefined && <Badge color="darkgrey" text={run.kind.slice(0, 32)} />}
      {streams && <Badge color="darkgrey" text="STREAM" />}
      <span className={styles.figures}>
        {[shortDuration(run.facts.duration_ms), tokensOf(run.facts), costOf(run.facts)].join(" · ")}
      </span>
      {/* A plain anchor: Grafana takes its click over, with the browser's own ways to open it elsewhere. */}
      <a className={styles.link} href={href}>
        {t("timelinePanel.open", "Open the run")}
      </a>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  header: css({
    display: "flex",
    alignItems: "center",
    gap: theme.spacing(1),
    overflow: "hidden",
    whiteSpace: "nowrap",
  }),
  agent: css({ ...theme.typography.h6, margin: 0, overflow: "hidden", textOverflow: "ellipsis", minWidth: 60 }),
  id: css({ background: "none", border: "none", padding: 0 }),
  figures: css({
    color: theme.colors.text.secondary,
    fontVariantNumeric: "tabular-nums",
    overflow: "hidden",
    textOverflow: "ellipsis",
  }),
  link: css({
    marginLeft: "auto",
    flex: "none",
    color: theme.colors.text.link,
    "&:hover, &:focus-visible": { textDecoration: "underline" },
  }),
});
