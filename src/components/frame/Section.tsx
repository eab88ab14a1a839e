import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { type ReactNode, useId } from "react";

export interface SectionProps {
  readonly title: string;
  /** Beside the title, in small. */
  readonly note?: ReactNode;
  /** At the right end of the title. */
  readonly extra?: ReactNode;
  /** What it holds has a frame of its own. */
  readonly bare?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A part of a page with its title. */
export function Section({ title, note, extra, bare = false, className, children }: SectionProps) {
  const styles = useStyles2(stylesOf);
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx(styles.section, !bare && styles.framed, className)}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {extra !== undefined && <span className={styles.extra}>{extra}</span>}
      </header>
      {children}
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  section: css({ minWidth: 0 }),
  framed: css({
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5, 2),
  }),
  head: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "baseline",
    gap: theme.spacing(0.5, 1.5),
    marginBottom: theme.spacing(1),
  }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  extra: css({ marginLeft: "auto" }),
});
