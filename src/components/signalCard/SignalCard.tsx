import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Badge, Button, useStyles2, useTheme2 } from "@grafana/ui";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { SeverityBadge, severityColours } from "../severity";
import { t } from "../text";
import { Evidence } from "./Evidence";
import { Fixes } from "./Fixes";
import { differenceOf, labelOf, rateText, type ShownRate, type ShownSignal, stepsOf } from "./shown";

export interface SignalCardProps {
  readonly signal: ShownSignal;
  readonly rate?: ShownRate | undefined;
  /** Address of the step the signal is shown at. */
  readonly stepHref?: string | undefined;
  /** Address of the raw lines of its query. */
  readonly exploreHref?: string | undefined;
  /** In front of the other words of the head, such as the agent and the run. */
  readonly about?: ReactNode;
  /** Buttons of the card, below the fixes. */
  readonly actions?: ReactNode;
}

/** One signal for people: what happened, why it matters and what to do; the evidence and the query one click deeper. */
export function SignalCard({ signal, rate, stepHref, exploreHref, about, actions }: SignalCardProps) {
  const styles = useStyles2(stylesOf);
  const theme = useTheme2();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { explanation, severity, shadow, confidence } = signal;
  const colour = shadow ? theme.colors.border.strong : severityColours(theme, severity).fill;
  const steps = stepsOf(signal);
  const difference = differenceOf(signal);
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
  };
  return (
    <article className={styles.card} style={{ borderLeftColor: colour }} aria-labelledby={id} onKeyDown={close}>
      <header className={styles.head}>
        <SeverityBadge severity={severity} shadow={shadow} />
        <h3 id={id} className={styles.label}>
          {labelOf(signal.failure_type)}
        </h3>
        {about}
        <span className={styles.words}>
          {confidence !== undefined && (
            <span>{t("signalCard.confidence", "confidence {{value}}", { value: confidence.toFixed(2) })}</span>
          )}
          {steps !== undefined &&
            (stepHref === undefined ? (
              <span>{steps}</span>
            ) : (
              <a className={styles.link} href={stepHref}>
                {steps}
              </a>
            ))}
          {rate !== undefined && <span>{rateText(rate)}</span>}
        </span>
        {signal.provisional && (
          <Badge
            color="blue"
            text={t("signalCard.provisional", "provisional")}
            tooltip={t("signalCard.provisionalWhy", "The run goes on: later events can take this back.")}
          />
        )}
        {difference !== undefined && <Badge color="purple" text={t("signalCard.differs", "verdicts differ")} />}
        <Button
          className={styles.more}
          variant="secondary"
          fill="text"
          size="sm"
          icon={open ? "angle-up" : "angle-down"}
          aria-expanded={open}
          aria-controls={`${id}evidence`}
          onClick={() => setOpen(!open)}
        >
          {signal.logql === undefined
            ? t("signalCard.evidence", "Evidence")
            : t("signalCard.logql", "The LogQL that found it")}
        </Button>
      </header>
      {difference !== undefined && <p className={styles.difference}>{difference}</p>}
      <div className={styles.body}>
        <section className={styles.part}>
          <h4 className={styles.part_title}>{t("signalCard.what", "What")}</h4>
          <p className={styles.text}>{explanation.what === "" ? signal.title : explanation.what}</p>
          {explanation.evidence !== "" && <p className={styles.seen}>{explanation.evidence}</p>}
        </section>
        {explanation.why !== "" && (
          <section className={styles.part}>
            <h4 className={styles.part_title}>{t("signalCard.why", "Why it matters")}</h4>
            <p className={styles.text}>{explanation.why}</p>
          </section>
        )}
        {(explanation.fixes.length > 0 || actions !== undefined) && (
          <section className={styles.part}>
            <h4 className={styles.part_title}>{t("signalCard.fix", "What to do")}</h4>
            <Fixes fixes={explanation.fixes} />
            {actions}
          </section>
        )}
      </div>
      {open && <Evidence id={`${id}evidence`} signal={signal} exploreHref={exploreHref} />}
    </article>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  card: css({
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderLeftWidth: 3,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5, 2),
  }),
  head: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(0.5, 1) }),
  label: css({ ...theme.typography.h5, margin: 0, overflowWrap: "anywhere" }),
  words: css({
    display: "flex",
    flexWrap: "wrap",
    color: theme.colors.text.secondary,
    "& > *:not(:last-child)::after": {
      content: '"·"',
      margin: theme.spacing(0, 0.75),
      color: theme.colors.text.secondary,
    },
  }),
  link: css({ color: theme.colors.text.link, "&:hover, &:focus-visible": { textDecoration: "underline" } }),
  more: css({ marginLeft: "auto" }),
  difference: css({ margin: theme.spacing(0.5, 0, 0), color: theme.colors.text.secondary }),
  body: css({
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))",
    gap: theme.spacing(1, 4),
    marginTop: theme.spacing(1),
  }),
  part: css({ minWidth: 0, maxWidth: "80ch" }),
  part_title: css({ ...theme.typography.body, fontWeight: theme.typography.fontWeightMedium, margin: 0 }),
  text: css({ margin: 0, overflowWrap: "anywhere", whiteSpace: "pre-line", maxHeight: "24em", overflowY: "auto" }),
  seen: css({ margin: theme.spacing(0.5, 0, 0), color: theme.colors.text.secondary, overflowWrap: "anywhere" }),
});
