import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import { t } from "../text";

/** "3 new signals", over the list they wait for: no row moves until it is pressed. */
export function WaitingRows({ waiting, release }: { readonly waiting: number; readonly release: () => void }) {
  const styles = useStyles2(stylesOf);
  return (
    <div role="status" className={styles.place}>
      {waiting > 0 && (
        <Button size="sm" icon="arrow-up" onClick={release}>
          {waiting === 1
            ? t("signals.oneNew", "1 new signal")
            : t("signals.someNew", "{{count}} new signals", { count: waiting })}
        </Button>
      )}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  // Over the rows: a button of its own height would push them down.
  place: css({
    position: "absolute",
    top: theme.spacing(0.5),
    left: "50%",
    transform: "translateX(-50%)",
    zIndex: theme.zIndex.activePanel,
  }),
});
