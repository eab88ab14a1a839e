import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { ClipboardButton, LinkButton, useStyles2 } from "@grafana/ui";
import type { RunDetails } from "../../logql/ask";
import { useEnvironment, useLink } from "../environment";
import { t } from "../text";
import { RunId, ViewLink } from "../values";
import { compareTarget, spanOfRun, timeOf } from "./links";
import { RunBadges } from "./RunBadges";
import { RunFigures } from "./RunFigures";

/** Which run this is, how it ended, how much it took, and where to go from here. */
export function RunHead({ details }: { readonly details: RunDetails }) {
  const styles = useStyles2(stylesOf);
  const { explore, href, location } = useEnvironment();
  const link = useLink();
  const { run, logql } = details;
  const address = (): string => {
    const params = { ...location.params, at: timeOf(run) };
    return new URL(href({ ...location, params }), window.location.href).href;
  };
  return (
    <header>
      <div className={styles.line}>
        <nav aria-label={t("run.breadcrumb", "Breadcrumb")} className={styles.crumb}>
          <ViewLink to={{ page: "runs" }}>{t("run.runs", "Runs")}</ViewLink> <span aria-hidden="true">/</span>
        </nav>
        <h1 className={styles.title}>
          <ViewLink to={{ page: "agent", id: run.agent_id }} className={styles.agent}>
            {run.agent_id}
          </ViewLink>
        </h1>
        <RunId id={run.run_id} copyable />
        <RunBadges run={run} />
        <div className={styles.buttons}>
          {explore !== undefined && (
            <LinkButton variant="secondary" icon="compass" href={explore(logql, spanOfRun(run))}>
              {t("run.explore", "Explore")}
            </LinkButton>
          )}
          <LinkButton variant="secondary" icon="exchange-alt" href={link(compareTarget(run))}>
            {t("run.compare", "Compare")}
          </LinkButton>
          <ClipboardButton variant="secondary" icon="share-alt" getText={address}>
            {t("run.copyLink", "Copy link")}
          </ClipboardButton>
        </div>
      </div>
      <RunFigures run={run} />
    </header>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  line: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) }),
  crumb: css({ color: theme.colors.text.secondary }),
  title: css({ ...theme.typography.h3, margin: 0, overflowWrap: "anywhere", minWidth: 0 }),
  agent: css({ color: theme.colors.text.primary }),
  buttons: css({ display: "flex", flexWrap: "wrap", gap: theme.spacing(1), marginLeft: "auto" }),
});
