import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { ClipboardButton, useStyles2 } from "@grafana/ui";
import { t } from "../text";

/** A text to copy: the whole of it at once, or parts by hand. */
export function CodeText({ text, label }: { readonly text: string /** What it is. */; readonly label: string }) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.box}>
      <ClipboardButton getText={() => text} icon="copy" size="sm" variant="secondary" className={styles.copy}>
        {t("detectors.copy", "Copy")}
      </ClipboardButton>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.text} tabIndex={0} aria-label={label}>
        {text}
      </section>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({ position: "relative" }),
  copy: css({ position: "absolute", top: theme.spacing(0.5), right: theme.spacing(0.5) }),
  text: css({
    ...theme.typography.code,
    background: theme.colors.background.canvas,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    maxHeight: "50vh",
    overflow: "auto",
    margin: 0,
    padding: theme.spacing(1, 11, 1, 1),
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  }),
});
