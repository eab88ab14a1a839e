import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { ClipboardButton, useStyles2 } from "@grafana/ui";
import { useMemo } from "react";
import { NO_DATA } from "../../core/words";
import type { RunDetails } from "../../logql/ask";
import { Empty } from "../states";
import { t } from "../text";
import { attributesOf, foundAttributes } from "./attributes";
import { finder } from "./find";

/** Everything known of the run besides its events, by the names of the wire. */
export function AttributesTab({ details, find }: { readonly details: RunDetails; readonly find: string }) {
  const styles = useStyles2(stylesOf);
  const groups = useMemo(() => foundAttributes(attributesOf(details), finder(find)), [details, find]);
  if (groups.length === 0) return <Empty title={t("run.noAttributeFound", "No attribute matches")} icon="search" />;
  return (
    <div className={styles.groups}>
      {groups.map(({ title, rows }) => (
        <section key={title} className={styles.group}>
          <h3 className={styles.title}>{title}</h3>
          <dl className={styles.rows}>
            {rows.map(({ name, value }) => (
              <div key={name} className={styles.row}>
                <dt className={styles.name}>{name}</dt>
                <dd className={styles.value}>
                  {value === undefined ? <span className={styles.none}>{NO_DATA}</span> : value}
                  {value !== undefined && (
                    <ClipboardButton
                      getText={() => value}
                      icon="copy"
                      size="sm"
                      fill="text"
                      variant="secondary"
                      className={styles.copy}
                      aria-label={t("run.copyAttribute", "Copy {{name}}", { name })}
                    />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  groups: css({ columns: "auto 420px", columnGap: theme.spacing(4) }),
  group: css({ breakInside: "avoid", marginBottom: theme.spacing(2) }),
  title: css({ ...theme.typography.h6, margin: theme.spacing(0, 0, 0.5) }),
  rows: css({ margin: 0 }),
  row: css({
    display: "grid",
    gridTemplateColumns: "minmax(110px, 30%) 1fr",
    gap: theme.spacing(1),
    alignItems: "center",
    minHeight: 28,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  name: css({
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
    overflowWrap: "anywhere",
  }),
  value: css({
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    margin: 0,
    minWidth: 0,
    maxHeight: "12em",
    overflowY: "auto",
    overflowWrap: "anywhere",
    whiteSpace: "pre-wrap",
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  none: css({ color: theme.colors.text.secondary, fontStyle: "italic" }),
  copy: css({ flex: "none" }),
});
