import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Icon, useStyles2 } from "@grafana/ui";
import type { Facts } from "../../core/facts";
import { t } from "../text";
import { type ComparedFigure, comparedFigures } from "./figures";

/** Figures side by side; how the second run stands against the first, by word and arrow. */
export function FigureTable({ a, b }: { readonly a: Facts; readonly b: Facts }) {
  const styles = useStyles2(stylesOf);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.wide} tabIndex={0} aria-label={t("compare.figures", "What they took")}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("compare.figure", "Figure")}</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">{t("compare.bAgainstA", "B against A")}</th>
          </tr>
        </thead>
        <tbody>
          {comparedFigures(a, b).map((figure) => (
            <tr key={figure.name}>
              <th scope="row">{figure.name}</th>
              <td>{figure.a}</td>
              <td>{figure.b}</td>
              <td>
                <Verdict {...figure} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Verdict({ verdict, change = "" }: ComparedFigure) {
  const styles = useStyles2(stylesOf);
  switch (verdict) {
    case "better":
      return (
        <span className={styles.better}>
          <Icon name="arrow-down" size="sm" /> {t("compare.better", "better {{change}}", { change })}
        </span>
      );
    case "worse":
      return (
        <span className={styles.worse}>
          <Icon name="arrow-up" size="sm" /> {t("compare.worse", "worse {{change}}", { change })}
        </span>
      );
    case "same":
      return <span className={styles.quiet}>{t("compare.same", "the same")}</span>;
    case undefined:
      if (change !== "") return <span className={styles.quiet}>{change}</span>;
      return <span className={styles.quiet}>{t("compare.unknown", "cannot be said")}</span>;
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  wide: css({ overflowX: "auto" }),
  table: css({
    fontVariantNumeric: "tabular-nums",
    "& th, & td": { padding: theme.spacing(0.5, 4, 0.5, 0), textAlign: "right", whiteSpace: "nowrap" },
    "& th:first-child": { textAlign: "left", fontWeight: theme.typography.fontWeightRegular, whiteSpace: "normal" },
    "& thead th": { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    "& tbody tr": { borderTop: `1px solid ${theme.colors.border.weak}` },
  }),
  better: css({ color: theme.colors.success.text }),
  worse: css({ color: theme.colors.warning.text }),
  quiet: css({ color: theme.colors.text.secondary }),
});
