import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { LinkButton, useStyles2 } from "@grafana/ui";
import { CodeText } from "../detectors/CodeText";
import { useAsk, useEnvironment } from "../environment";
import { AskView } from "../states";
import { t } from "../text";
import { Moment } from "../values";

/** Where the data comes from and how fresh it is. */
export function DataSource() {
  const styles = useStyles2(stylesOf);
  const { source, firstSteps } = useEnvironment();
  const freshness = useAsk("freshness", (range) => ({ range }));
  return (
    <section className={styles.section} aria-labelledby="configuration-source">
      <h2 id="configuration-source" className={styles.title}>
        {t("configuration.source", "Data")}
      </h2>
      <dl className={styles.list}>
        <dt>{t("configuration.from", "Read from")}</dt>
        <dd>{source}</dd>
      </dl>
      <AskView what={t("configuration.freshness", "How fresh the data is")} asked={freshness} rows={2}>
        {({ newest, newest_run }) =>
          newest === undefined ? (
            <div>
              <p>
                {t("configuration.noLines", "There is no line of an agent in this time.")} {firstSteps.text}
              </p>
              {firstSteps.command !== undefined && (
                <CodeText text={firstSteps.command} label={t("configuration.command", "Command")} />
              )}
              {firstSteps.href !== undefined && (
                <LinkButton variant="secondary" href={firstSteps.href}>
                  {t("configuration.how", "How to")}
                </LinkButton>
              )}
            </div>
          ) : (
            <dl className={styles.list}>
              <dt>{t("configuration.newest", "Newest line")}</dt>
              <dd>
                <Moment at={newest} />
              </dd>
              <dt>{t("configuration.newestRun", "Newest run")}</dt>
              <dd>
                {newest_run === undefined ? t("configuration.none", "none in this time") : <Moment at={newest_run} />}
              </dd>
            </dl>
          )
        }
      </AskView>
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  section: css({ display: "flex", flexDirection: "column", gap: theme.spacing(1), minWidth: 0 }),
  title: css({ ...theme.typography.h4, margin: 0 }),
  list: css({
    display: "grid",
    gridTemplateColumns: "minmax(96px, max-content) minmax(0, 1fr)",
    gap: theme.spacing(0.5, 2),
    margin: 0,
    "& dt": { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    "& dd": { margin: 0, overflowWrap: "anywhere" },
  }),
});
