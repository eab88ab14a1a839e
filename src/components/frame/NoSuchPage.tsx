import { css } from "@emotion/css";
import { useStyles2 } from "@grafana/ui";
import { Empty } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";

/** An address that leads nowhere. */
export function NoSuchPage({ path }: { readonly path: string }) {
  const styles = useStyles2(stylesOf);
  return (
    <Empty title={t("frame.noPage", "No such page")} icon="question-circle" isPage>
      <p className={styles.path}>{t("frame.noPageAt", "There is no page at {{path}}.", { path })}</p>
      <ViewLink to={{ page: "overview" }}>{t("frame.toOverview", "Go to the overview")}</ViewLink>
    </Empty>
  );
}

const stylesOf = () => ({ path: css({ overflowWrap: "anywhere", maxHeight: "6em", overflow: "hidden" }) });
