import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { t } from "../text";

/** Bars where rows will be, so that nothing jumps when they come. */
export function Loading({ rows = 6, height = 32 }: { readonly rows?: number; readonly height?: number }) {
  const styles = useStyles2(stylesOf);
  return (
    <div role="status" aria-label={t("states.loading", "Loading")} className={styles.list} data-testid="state-loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <div key={row} className={styles.bar} style={{ height }} />
      ))}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({ display: "flex", flexDirection: "column", gap: theme.spacing(1), width: "100%" }),
  bar: css({ background: theme.colors.background.secondary, borderRadius: theme.shape.radius.default }),
});
