import { css, keyframes } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";

/** Heights of the head and of a row that is not stacked, px. */
export const HEAD_HEIGHT = 32;
export const ROW_HEIGHT = 32;

export const tableStyles = (theme: GrafanaTheme2) => {
  const fade = keyframes({ from: { background: theme.colors.info.transparent }, to: { background: "transparent" } });
  const stackedTitle = css({ color: theme.colors.text.secondary, marginRight: theme.spacing(0.5) });
  const line = `1px solid ${theme.colors.border.weak}`;
  return {
    scroller: css({
      position: "relative",
      overflowX: "hidden",
      overflowY: "auto",
      background: theme.colors.background.primary,
      border: line,
      borderRadius: theme.shape.radius.default,
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: "tabular-nums",
    }),
    table: css({ display: "block", width: "100%" }),
    head: css({
      display: "block",
      position: "sticky",
      top: 0,
      zIndex: 1,
      background: theme.colors.background.primary,
      borderBottom: `1px solid ${theme.colors.border.medium}`,
      color: theme.colors.text.secondary,
    }),
    headRow: css({ display: "grid", alignItems: "center", height: HEAD_HEIGHT, borderLeft: "3px solid transparent" }),
    offScreen: css({ position: "absolute", width: 1, height: 1, overflow: "hidden", clipPath: "inset(50%)" }),
    body: css({ display: "block", position: "relative" }),
    row: css({
      position: "absolute",
      top: 0,
      left: 0,
      width: "100%",
      display: "grid",
      alignItems: "center",
      minHeight: ROW_HEIGHT,
      borderBottom: line,
      borderLeft: "3px solid transparent",
      "&:hover": { background: theme.colors.action.hover },
      "&:focus-visible": { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
    }),
    opens: css({ cursor: "pointer" }),
    failure: css({ borderLeftColor: theme.colors.error.main }),
    current: css({
      background: theme.colors.action.selected,
      "&:hover": { background: theme.colors.action.selected },
      // Secondary text has not enough contrast on the background of a selection.
      [`& .${stackedTitle}`]: { color: theme.colors.text.primary },
    }),
    fresh: css({
      [theme.transitions.handleMotion("no-preference")]: { animation: `${fade} 3s ease-out 1` },
    }),
    cell: css({
      fontWeight: "inherit",
      textAlign: "left",
      padding: theme.spacing(0, 0.75),
      minWidth: 0,
      overflow: "hidden",
      textOverflow: "ellipsis",
      whiteSpace: "nowrap",
    }),
    right: css({ textAlign: "right", justifySelf: "stretch" }),
    link: css({ color: theme.colors.text.link, "&:hover": { textDecoration: "underline" } }),
    sort: css({
      all: "unset",
      cursor: "pointer",
      "&:hover": { color: theme.colors.text.primary },
      "&:focus-visible": { outline: `2px solid ${theme.colors.primary.border}` },
    }),
    footer: css({ padding: theme.spacing(1), display: "flex", gap: theme.spacing(1), alignItems: "center" }),
    stackedRow: css({
      display: "flex",
      flexWrap: "wrap",
      columnGap: theme.spacing(1.5),
      rowGap: theme.spacing(0.25),
      padding: theme.spacing(0.75, 1),
    }),
    stackedHead: css({ minWidth: 0, maxWidth: "100%", overflow: "hidden", textOverflow: "ellipsis" }),
    stackedBreak: css({ flexBasis: "100%", height: 0 }),
    stackedTitle,
    stackedValue: css({
      minWidth: 0,
      maxWidth: "100%",
      overflow: "hidden",
      textOverflow: "ellipsis",
      // Set apart by more than their colour from the title beside them.
      "& a": { display: "inline-block" },
    }),
  };
};

export type TableStyles = ReturnType<typeof tableStyles>;
