import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useEffect, useState } from "react";
import { shortDuration } from "../../core/words";
import { useEnvironment } from "../environment";
import { t } from "../text";
import { wholeSeconds } from "./ago";

/** "newest line 3 s ago", counted on every second. */
export function Freshness({ newest }: { /** ms */ readonly newest: number | undefined }) {
  const styles = useStyles2(stylesOf);
  const { now } = useEnvironment();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (newest === undefined) return null;
  const age = shortDuration(wholeSeconds(now() - newest));
  return <span className={styles.text}>{t("overview.newest", "newest line {{age}} ago", { age })}</span>;
}

const stylesOf = (theme: GrafanaTheme2) => ({
  text: css({
    marginLeft: "auto",
    alignSelf: "center",
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: "tabular-nums",
  }),
});
