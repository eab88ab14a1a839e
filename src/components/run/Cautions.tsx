import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import { t } from "../text";
import { cautionsOf } from "./cautions";
import type { RunPageProps } from "./RunPage";

/** What makes the page less than certain, above everything it makes uncertain. Nothing where all is well. */
export function Cautions({ details, cut }: RunPageProps) {
  const styles = useStyles2(stylesOf);
  const cautions = cautionsOf(details, cut);
  if (cautions.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t("run.cautions", "What to know before trusting this page")}>
      {cautions.map(({ id, text }) => (
        <li key={id} className={styles.item} data-testid={`caution-${id}`}>
          <Icon name="exclamation-triangle" className={styles.icon} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: "none",
    margin: 0,
    padding: theme.spacing(1, 2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  item: css({ display: "flex", gap: theme.spacing(1), overflowWrap: "anywhere", minWidth: 0 }),
  icon: css({ color: theme.colors.warning.text, flex: "none", marginTop: theme.spacing(0.25) }),
});
