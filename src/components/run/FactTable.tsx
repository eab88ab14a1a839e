import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Badge, useStyles2 } from "@grafana/ui";
import { FACT_FIELDS, type FactName } from "../../core/facts/facts";
import { factValue, NO_DATA } from "../../core/words";
import type { RunDetails } from "../../logql/ask";
import { t } from "../text";

export interface FactTableProps {
  readonly names: readonly FactName[];
  readonly details: Pick<RunDetails, "run" | "baseline">;
  /** Settings of the detector by their names in detectors.yml; null is off. */
  readonly thresholds: Readonly<Record<string, number | null>>;
}

/** Facts by their names: value, what the terminal line says where it differs, and the P75 of the baseline. */
export function FactTable({ names, details: { run, baseline }, thresholds }: FactTableProps) {
  const styles = useStyles2(stylesOf);
  const usual = new Map<string, number>(Object.entries(baseline));
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("run.fact.name", "Fact")}</th>
            <th scope="col" className={styles.number}>
              {t("run.fact.value", "Value")}
            </th>
            <th scope="col" className={styles.number}>
              {t("run.fact.usual", "P75")}
            </th>
            <th scope="col">{t("run.fact.meaning", "What it is")}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const value = run.facts[name];
            const p75 = usual.get(name);
            const recorded = run.recorded?.facts?.[name];
            return (
              <tr key={name}>
                <th scope="row" className={styles.name}>
                  {name}
                </th>
                <td className={styles.number}>
                  {value === undefined ? NO_DATA : factValue(name, value)}
                  {run.facts_differ.includes(name) && (
                    <Badge
                      color="purple"
                      text={t("run.fact.differs", "terminal line: {{value}}", {
                        value: recorded === undefined ? NO_DATA : factValue(name, recorded),
                      })}
                    />
                  )}
                </td>
                <td className={styles.number}>{p75 === undefined ? "" : factValue(name, p75)}</td>
                <td>{FACT_FIELDS[name].description}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {Object.keys(thresholds).length > 0 && (
        <p className={styles.settings}>
          {t("run.fact.settings", "Settings:")}{" "}
          <code>
            {Object.entries(thresholds)
              .map(([key, value]) => `${key}: ${value ?? "off"}`)
              .join(", ")}
          </code>
        </p>
      )}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  scroller: css({ overflowX: "auto" }),
  table: css({
    minWidth: 420,
    "& th, & td": { padding: theme.spacing(0.25, 2, 0.25, 0), verticalAlign: "top", textAlign: "left" },
    "& thead th": { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
  }),
  name: css({ fontFamily: theme.typography.fontFamilyMonospace, fontWeight: theme.typography.fontWeightRegular }),
  number: css({
    "&&": { textAlign: "right" },
    fontVariantNumeric: "tabular-nums",
    minWidth: 64,
    overflowWrap: "anywhere",
  }),
  settings: css({ margin: theme.spacing(1, 0, 0), color: theme.colors.text.secondary }),
});
