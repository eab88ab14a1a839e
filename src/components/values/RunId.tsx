import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { ClipboardButton, useStyles2 } from "@grafana/ui";
import type { LinkTarget } from "../environment";
import { t } from "../text";
import { ViewLink } from "./ViewLink";

export interface RunIdProps {
  readonly id: string;
  /** Where a click leads; plain text without it. */
  readonly to?: LinkTarget;
  readonly copyable?: boolean;
}

const SHOWN = 8;

/** An id as its first 8 characters; the button copies all of it. */
export function RunId({ id, to, copyable = false }: RunIdProps) {
  const styles = useStyles2(stylesOf);
  const short = id.length > SHOWN ? id.slice(0, SHOWN) : id;
  return (
    <span className={styles.id} title={id}>
      {to === undefined ? <code className={styles.code}>{short}</code> : <ViewLink to={to}>{short}</ViewLink>}
      {copyable && (
        <ClipboardButton
          getText={() => id}
          icon="copy"
          size="sm"
          fill="text"
          variant="secondary"
          aria-label={t("values.copyId", "Copy the whole id")}
        />
      )}
    </span>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  id: css({ display: "inline-flex", alignItems: "center", fontFamily: theme.typography.fontFamilyMonospace }),
  code: css({ background: "none", border: "none", padding: 0, color: "inherit" }),
});
