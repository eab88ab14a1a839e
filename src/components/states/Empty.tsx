import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, type IconName, useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";

export interface EmptyProps {
  readonly title: string;
  /** What to do next, in a sentence or two. */
  readonly children?: ReactNode;
  readonly icon?: IconName;
  /** It is all there is on the page: its title is that of the page. */
  readonly isPage?: boolean;
}

/** There is nothing, and that is no failure: says so, and the next step. */
export function Empty({ title, children, icon = "info-circle", isPage = false }: EmptyProps) {
  const styles = useStyles2(stylesOf);
  const Title = isPage ? "h1" : "h2";
  return (
    <div className={styles.box} data-testid="state-empty">
      <Icon name={icon} size="xl" className={styles.icon} />
      <Title className={styles.title}>{title}</Title>
      <div className={styles.body}>{children}</div>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: theme.spacing(1),
    padding: theme.spacing(4, 2),
    textAlign: "center",
  }),
  icon: css({ color: theme.colors.text.secondary }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  body: css({ color: theme.colors.text.secondary, maxWidth: "60ch" }),
});
