import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2, useTheme2 } from "@grafana/ui";
import { detectorOf } from "../../core/detectors";
import { count } from "../../core/words";
import { Sparkline, signalsText } from "../charts";
import { useFilterLink } from "../filters";
import { severityColours } from "../severity";
import { t } from "../text";
import { ViewLink } from "../values";
import type { TypeRate } from "./rates";

/** Each failure with its rate over time and its count; a click filters by it. */
export function TypeRates({ rates }: { readonly rates: readonly TypeRate[] }) {
  const styles = useStyles2(stylesOf);
  const theme = useTheme2();
  const to = useFilterLink();
  if (rates.length === 0) return <p className={styles.none}>{t("signals.noRates", "Nothing was recorded.")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.box} tabIndex={0} aria-label={t("signals.rates", "Signals over time by failure")}>
      <table className={styles.table}>
        <tbody>
          {rates.map(({ failure_type, values, total }) => (
            <tr key={failure_type}>
              <th scope="row" className={styles.type}>
                <ViewLink className={styles.link} to={to({ page: "signals", params: { type: failure_type } })}>
                  {detectorOf(failure_type).label}
                </ViewLink>
              </th>
              <td className={styles.line}>
                <Sparkline
                  points={values}
                  label={`${detectorOf(failure_type).label}: ${signalsText(total)}`}
                  colour={severityColours(theme, "HIGH").fill}
                  width={120}
                />
              </td>
              <td className={styles.number}>{count(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  none: css({ color: theme.colors.text.secondary, margin: 0 }),
  box: css({ overflow: "auto", maxHeight: 264 }),
  table: css({
    width: "100%",
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: "tabular-nums",
    "& th, & td": { padding: theme.spacing(0.25, 0.5), borderBottom: `1px solid ${theme.colors.border.weak}` },
  }),
  type: css({ textAlign: "left", fontWeight: theme.typography.fontWeightRegular }),
  link: css({ color: theme.colors.text.primary }),
  line: css({ width: 130 }),
  number: css({ textAlign: "right", width: 48 }),
});
