import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, type IconName, useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";

export interface EmptyProps {
  readonly title: string;
  /** What to do next, in a sentence or two. */
  readonly children?: ReactNode;
  readonly icon?: IconName;
}

/** There is nothing, and that is no failure: says so, and the next step. */
export function Empty({ title, children, icon = "info-circle" }: EmptyProps) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.box} data-testid="state-empty">
      <Icon name={icon} size="xl" className={styles.icon} />
      <h2 className={styles.title}>{title}</h2>
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
