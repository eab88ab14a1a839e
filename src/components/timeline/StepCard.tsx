import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { ClipboardButton, IconButton, useStyles2, useTheme2 } from "@grafana/ui";
import { t } from "../text";
import { kindColours } from "./colours";
import type { TimelineItem } from "./item";
import { itemFacts } from "./itemFacts";
import { isStreamed, itemName, kindName, stateWords } from "./itemWords";

interface StepCardProps {
  readonly item: TimelineItem;
  readonly isSlowest: boolean;
  readonly onZoom: () => void;
  readonly onClose: () => void;
}

/** Everything that is known of one step; ids and hashes copy whole. */
export function StepCard({ item, isSlowest, onZoom, onClose }: StepCardProps) {
  const theme = useTheme2();
  const styles = useStyles2(stylesOf);
  const states = [...stateWords(item), ...(isSlowest ? [t("timeline.slowestStep", "slowest step")] : [])];
  const isStep = item.span === undefined;
  const words = [kindName(item.kind), itemName(item)];
  if (isStep) words.unshift(t("timeline.card.title", "Step {{step}}", { step: item.step_index }));
  return (
    <section
      className={cx(styles.card, item.failed && styles.failedCard)}
      aria-label={
        isStep
          ? t("timeline.card.label", "Details of step {{step}}", { step: item.step_index })
          : t("timeline.card.spanLabel", "Details of {{name}}", { name: itemName(item) })
      }
      data-testid="timeline-card"
    >
      <header className={styles.head}>
        <span className={styles.dot} style={{ background: kindColours(theme, item.kind).fill }} />
        <span className={styles.title} title={itemName(item)}>
          {words.join(" · ")}
        </span>
        {isStreamed(item) && <span className={styles.stream}>STREAM</span>}
        <IconButton name="search-plus" tooltip={t("timeline.card.zoom", "Zoom to this step")} onClick={onZoom} />
        <IconButton name="times" tooltip={t("timeline.card.close", "Close the details")} onClick={onClose} />
      </header>
      {states.length > 0 && <p className={cx(styles.state, item.failed && styles.failed)}>{states.join(", ")}</p>}
      <dl className={styles.facts}>
        {itemFacts(item).map(({ label, value, copy }) => (
          <div key={label} className={styles.fact}>
            <dt className={styles.label}>{label}</dt>
            <dd className={styles.value}>
              <span className={cx(styles.text, copy === true && styles.hash)} title={value}>
                {value}
              </span>
              {copy === true && (
                <ClipboardButton
                  getText={() => value}
                  icon="copy"
                  size="sm"
                  fill="text"
                  variant="secondary"
                  aria-label={t("timeline.card.copy", "Copy: {{label}}", { label })}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  card: css({
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5),
    minWidth: 0,
    overflow: "auto",
  }),
  failedCard: css({ borderLeft: `3px solid ${theme.colors.error.main}` }),
  head: css({ display: "flex", alignItems: "center", gap: theme.spacing(1) }),
  dot: css({ flex: "none", width: 10, height: 10, borderRadius: 2 }),
  title: css({
    flex: "1 1 auto",
    minWidth: 0,
    fontWeight: theme.typography.fontWeightMedium,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  }),
  stream: css({
    border: `1px solid ${theme.colors.border.medium}`,
    borderRadius: theme.shape.radius.default,
    padding: "0 4px",
    fontSize: 10,
    color: theme.colors.text.secondary,
  }),
  state: css({ margin: theme.spacing(0.5, 0), color: theme.colors.text.secondary, overflowWrap: "anywhere" }),
  failed: css({ color: theme.colors.error.text }),
  facts: css({
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(240px, 1fr))",
    columnGap: theme.spacing(3),
    rowGap: theme.spacing(0.25),
    margin: theme.spacing(1, 0, 0),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  fact: css({
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: theme.spacing(1),
    minHeight: 24,
    minWidth: 0,
  }),
  label: css({
    flex: "none",
    margin: 0,
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightRegular,
  }),
  value: css({ display: "flex", alignItems: "center", minWidth: 0, margin: 0 }),
  text: css({ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }),
  hash: css({ fontFamily: theme.typography.fontFamilyMonospace }),
});
