import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, LinkButton, useStyles2 } from "@grafana/ui";
import { useLink } from "../environment";
import { t } from "../text";
import type { Ticked } from "./ticks";

/** How many rows wait, and the way to see them. It lies over the table, so that no row moves when it comes. */
export function WaitingRows({ waiting, onShow }: { readonly waiting: number; readonly onShow: () => void }) {
  const styles = useStyles2(stylesOf);
  return (
    <div role="status" className={styles.top}>
      {waiting > 0 && (
        <Button size="sm" icon="arrow-up" onClick={onShow} className={styles.raised}>
          {waiting === 1
            ? t("runs.waitingOne", "1 new run")
            : t("runs.waiting", "{{number}} new runs", { number: waiting })}
        </Button>
      )}
    </div>
  );
}

/** What can be done with ticked runs. */
export function TickedBar({ ticked, onClear }: { readonly ticked: readonly Ticked[]; readonly onClear: () => void }) {
  const styles = useStyles2(stylesOf);
  const link = useLink();
  const [a, b] = ticked;
  if (a === undefined) return null;
  const params = b && { a: a.run_id, a_at: String(a.at), b: b.run_id, b_at: String(b.at) };
  return (
    <section aria-label={t("runs.ticked", "Ticked runs")} className={styles.bottom}>
      <div className={styles.bar}>
        {params === undefined ? (
          <span>{t("runs.tickAnother", "Tick another run to compare")}</span>
        ) : (
          <LinkButton size="sm" icon="columns" href={link({ page: "compare", params })}>
            {t("runs.compare", "Compare the two")}
          </LinkButton>
        )}
        <Button size="sm" fill="text" variant="secondary" onClick={onClear}>
          {t("runs.untick", "Untick")}
        </Button>
      </div>
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => {
  const over = {
    position: "absolute",
    left: 0,
    right: 0,
    zIndex: 2,
    display: "flex",
    justifyContent: "center",
    pointerEvents: "none",
    "& > *": { pointerEvents: "auto" },
  } as const;
  return {
    top: css({ ...over, top: theme.spacing(5) }),
    bottom: css({ ...over, bottom: theme.spacing(1.5) }),
    raised: css({ boxShadow: theme.shadows.z2 }),
    bar: css({
      display: "flex",
      alignItems: "center",
      gap: theme.spacing(1),
      fontSize: theme.typography.bodySmall.fontSize,
      padding: theme.spacing(0.5, 1),
      background: theme.colors.background.elevated,
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      boxShadow: theme.shadows.z2,
    }),
  };
};
