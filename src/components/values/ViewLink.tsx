import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { CSSProperties, ReactNode } from "react";
import { type LinkTarget, useLink } from "../environment";

export interface ViewLinkProps {
  readonly to: LinkTarget;
  readonly children: ReactNode;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly title?: string;
  /** Its name, where the content does not say it in one piece. */
  readonly label?: string;
}

/** A link to another view. A plain anchor: Grafana takes its click over, on the local page the browser does. */
export function ViewLink({ to, children, className, style, title, label }: ViewLinkProps) {
  const link = useLink();
  const styles = useStyles2(stylesOf);
  return (
    <a className={cx(styles.link, className)} style={style} href={link(to)} title={title} aria-label={label}>
      {children}
    </a>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  link: css({ color: theme.colors.text.link, "&:hover, &:focus-visible": { textDecoration: "underline" } }),
});
