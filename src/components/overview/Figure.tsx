import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";
import { type LinkTarget, useLink } from "../environment";

export interface FigureProps {
  readonly label: string;
  /** Undefined while it is not known. */
  readonly value: string | undefined;
  /** A CSS colour; that of text by default. */
  readonly colour?: string | undefined;
  /** Behind the number: the delta, "of 312". */
  readonly children?: ReactNode;
  /** Where the number comes from. */
  readonly to: LinkTarget;
}

/** A number with what it is compared to. All of it leads to what it counts. */
export function Figure({ label, value, colour, children, to }: FigureProps) {
  const styles = useStyles2(stylesOf);
  const link = useLink();
  return (
    <a className={styles.figure} href={link(to)}>
      <span className={styles.label}>{label}</span>
      <span className={styles.line}>
        <span className={styles.value} style={colour === undefined ? undefined : { color: colour }}>
          {value ?? "…"}
        </span>
        <span className={styles.rest}>{value === undefined ? null : children}</span>
      </span>
    </a>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  figure: css({
    display: "block",
    minWidth: 0,
    color: theme.colors.text.primary,
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1, 2),
    "&:hover": { borderColor: theme.colors.border.strong },
    "&:focus-visible": { outline: `2px solid ${theme.colors.primary.border}` },
  }),
  label: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  line: css({ display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: theme.spacing(0, 1) }),
  value: css({ fontSize: theme.typography.h2.fontSize, lineHeight: 1.3, fontVariantNumeric: "tabular-nums" }),
  rest: css({ color: theme.colors.text.secondary, minWidth: 0, overflowWrap: "anywhere" }),
});
