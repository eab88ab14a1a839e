import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { RunAnswer, RunDetails } from "../../logql/ask";
import { Cautions } from "./Cautions";
import { Happened } from "./Happened";
import { Nested } from "./Nested";
import { RunHead } from "./RunHead";
import { RunTabs } from "./RunTabs";

export interface RunPageProps {
  readonly details: RunDetails;
  readonly cut: RunAnswer["cut"];
}

/** A run that was found. */
export function RunPage({ details, cut }: RunPageProps) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.page}>
      <RunHead details={details} />
      <Cautions details={details} cut={cut} />
      <Happened details={details} />
      <RunTabs details={details} />
      <Nested nested={details.children} />
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  page: css({ display: "flex", flexDirection: "column", gap: theme.spacing(2), minWidth: 0 }),
});
