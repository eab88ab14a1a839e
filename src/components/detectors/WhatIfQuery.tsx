import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, LinkButton, useStyles2 } from "@grafana/ui";
import { useState } from "react";
import { duration } from "../../core/words";
import { useEnvironment } from "../environment";
import { t } from "../text";
import { CodeText } from "./CodeText";
import type { WhatIfs } from "./useWhatIf";

/** The LogQL behind the numbers, and how long it took. */
export function WhatIfQuery({ whatIfs, tried }: { readonly whatIfs: WhatIfs; readonly tried: number | undefined }) {
  const styles = useStyles2(stylesOf);
  const { explore } = useEnvironment();
  const [open, setOpen] = useState(false);
  const { counts, values } = whatIfs;
  if (counts.data === undefined) return null;
  const { candidates, took_ms } = counts.data;
  const shown = candidates[tried === undefined ? 0 : Math.max(0, values.indexOf(tried))];
  if (shown === undefined) return null;
  const what = t("detectors.queries", "One query over the runs' last lines for each threshold");
  return (
    <div>
      <div className={styles.line}>
        <span>
          {what} · {duration(Math.round(took_ms))}
        </span>
        <Button variant="secondary" fill="text" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          LogQL
        </Button>
        {explore !== undefined && counts.span !== undefined && (
          <LinkButton variant="secondary" fill="text" size="sm" icon="compass" href={explore(shown.logql, counts.span)}>
            {t("detectors.explore", "Open in Explore")}
          </LinkButton>
        )}
      </div>
      {open && <CodeText text={shown.logql} label="LogQL" />}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  line: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(0.5),
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
