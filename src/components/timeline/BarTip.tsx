import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { t } from "../text";
import type { TimelineItem } from "./item";
import { itemFacts } from "./itemFacts";
import { itemName, kindName, stateWords } from "./itemWords";

const WIDTH = 260;
const MOST = 8;

interface BarTipProps {
  readonly items: readonly TimelineItem[];
  /** Where the bar begins, and how wide the plot is, px. */
  readonly x: number;
  readonly width: number;
}

/** What is known of the bar under the pointer or the selection. */
export function BarTip({ items, x, width }: BarTipProps) {
  const styles = useStyles2(stylesOf);
  const [item] = items;
  if (item === undefined) return null;
  const failed = items.filter((one) => one.failed).length;
  return (
    <div className={styles.tip} style={{ left: Math.max(0, Math.min(x, width - WIDTH - 8)) }} role="tooltip">
      {items.length > 1 ? (
        <>
          <div className={styles.name}>
            {t("timeline.tip.many", "{{calls}} calls of {{name}}", { calls: items.length, name: itemName(item) })}
          </div>
          <div className={styles.line}>
            {t("timeline.tip.steps", "steps {{first}} to {{last}}, {{failed}} failed; zoom in to see each", {
              first: item.step_index,
              last: items.at(-1)?.step_index ?? item.step_index,
              failed,
            })}
          </div>
        </>
      ) : (
        <>
          <div className={styles.name}>
            {item.span === undefined && `#${item.step_index} `}
            {kindName(item.kind)} · {itemName(item)}
          </div>
          {stateWords(item).map((words) => (
            <div key={words} className={item.failed ? styles.failed : styles.line}>
              {words}
            </div>
          ))}
          {itemFacts(item)
            .slice(0, MOST)
            .map(({ label, value }) => (
              <div key={label} className={styles.fact}>
                <span className={styles.label}>{label}</span>
                <span className={styles.value}>{value}</span>
              </div>
            ))}
        </>
      )}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  tip: css({
    position: "absolute",
    top: "calc(100% - 4px)",
    width: WIDTH,
    maxWidth: "100%",
    zIndex: theme.zIndex.tooltip,
    padding: theme.spacing(1),
    background: theme.components.tooltip.background,
    color: theme.components.tooltip.text,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z2,
    fontSize: theme.typography.bodySmall.fontSize,
    pointerEvents: "none",
  }),
  name: css({
    fontWeight: theme.typography.fontWeightMedium,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  }),
  line: css({ color: theme.colors.text.secondary }),
  failed: css({ color: theme.colors.error.text }),
  fact: css({ display: "flex", justifyContent: "space-between", gap: theme.spacing(2) }),
  label: css({ color: theme.colors.text.secondary, flex: "none" }),
  value: css({ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", minWidth: 0 }),
});
