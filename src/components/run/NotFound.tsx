import { css } from "@emotion/css";
import { dateTimeFormat, type GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import type { TimeSpan } from "../../logql/ask";
import { useEnvironment, useParams } from "../environment";
import { Empty } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";

export interface NotFoundProps {
  readonly run_id: string;
  readonly agent: string | undefined;
  readonly span: TimeSpan | undefined;
  readonly at: number | undefined;
}

/** No line of the run lies where it was looked for: says where that was and what to try. */
export function NotFound({ run_id, agent, span, at }: NotFoundProps) {
  const styles = useStyles2(stylesOf);
  const { timeZone, source } = useEnvironment();
  const [, change] = useParams();
  const text = (ms: number): string => dateTimeFormat(ms, { timeZone });
  const look = (from: string): void => change({ from, to: "now", at: undefined, agent: undefined });
  return (
    <Empty isPage title={t("run.notFound", "This run was not found")} icon="search">
      <p>
        <code className={styles.id}>{run_id}</code>
      </p>
      {span !== undefined && (
        <p>
          {t("run.lookedIn", "Looked in {{source}} from {{from}} to {{to}}.", {
            source,
            from: text(span.from),
            to: text(span.to),
          })}{" "}
          {at !== undefined && t("run.lookedAround", "Also around {{at}}.", { at: text(at) })}{" "}
          {agent !== undefined && t("run.lookedAgent", "Only among the runs of {{agent}}.", { agent })}
        </p>
      )}
      <p>
        {t(
          "run.notFoundWhy",
          "It may lie outside of this time, be too new to be in Loki yet, or have been deleted by retention.",
        )}
      </p>
      <div className={styles.buttons}>
        <Button icon="search" onClick={() => look("now-7d")}>
          {t("run.look7", "Look in the last 7 days")}
        </Button>
        <Button icon="search" variant="secondary" onClick={() => look("now-30d")}>
          {t("run.look30", "Look in the last 30 days")}
        </Button>
        <ViewLink to={{ page: "runs" }}>{t("run.allRuns", "All runs")}</ViewLink>
      </div>
    </Empty>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  id: css({
    overflowWrap: "anywhere",
    whiteSpace: "pre-wrap",
    display: "inline-block",
    maxWidth: "100%",
    maxHeight: "6em",
    overflowY: "auto",
  }),
  buttons: css({
    display: "flex",
    flexWrap: "wrap",
    gap: theme.spacing(1, 2),
    alignItems: "center",
    justifyContent: "center",
  }),
});
