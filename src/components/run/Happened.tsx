import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import { type ReactNode, useId, useMemo, useState } from "react";
import type { ExplainedSignal, RunDetails } from "../../logql/ask";
import { useAsk, useEnvironment, useLink } from "../environment";
import { labelOf, SignalCard } from "../signalCard";
import { t } from "../text";
import { Calm } from "./Calm";
import { runTarget, spanOfRun } from "./links";

/** What happened: a card per signal, worst first; shadow ones apart; a calm sentence when nothing fired. */
export function Happened({ details }: { readonly details: RunDetails }) {
  const styles = useStyles2(stylesOf);
  const { explore } = useEnvironment();
  const link = useLink();
  const id = useId();
  const { run, signals } = details;
  const at = Math.floor(run.started_at / 1000);
  const types = useMemo(
    () => signals.map(({ failure_type }) => ({ agent_id: run.agent_id, failure_type })),
    [signals, run.agent_id],
  );
  const { data: rates } = useAsk("rates", () => ({ at, of: types }), { once: true, skip: types.length === 0 });
  const counted = signals.filter(({ shadow }) => !shadow);
  const shadow = signals.filter((signal) => signal.shadow);
  const card = (signal: ExplainedSignal) => (
    <SignalCard
      key={signal.failure_type}
      signal={signal}
      rate={rates?.rates.find((rate) => rate.failure_type === signal.failure_type)}
      stepHref={signal.step_index === undefined ? undefined : link(runTarget(run, { step: String(signal.step_index) }))}
      exploreHref={signal.logql === undefined ? undefined : explore?.(signal.logql, spanOfRun(run))}
    />
  );
  return (
    <section className={styles.list} aria-labelledby={id}>
      <h2 id={id} className={styles.unseen}>
        {t("run.happened", "What happened")}
      </h2>
      {counted.map(card)}
      {counted.length === 0 && <Calm details={details} />}
      {details.only_other.length > 0 && <Apart title={otherTitle(details)}>{details.only_other.map(card)}</Apart>}
      {shadow.length > 0 && (
        <Apart
          title={
            shadow.length === 1
              ? t("run.shadow1", "1 shadow signal, recorded but not counted")
              : t("run.shadows", "{{number}} shadow signals, recorded but not counted", { number: shadow.length })
          }
        >
          {shadow.map(card)}
        </Apart>
      )}
    </section>
  );
}

/** Cards that do not count, on demand. */
function Apart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles2(stylesOf);
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button
        variant="secondary"
        fill="text"
        size="sm"
        icon={open ? "angle-down" : "angle-right"}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {title}
      </Button>
      {open && <div className={styles.list}>{children}</div>}
    </div>
  );
}

/** What the other origin alone says. */
function otherTitle({ only_other }: RunDetails): string {
  const types = only_other.map(({ failure_type }) => labelOf(failure_type)).join(", ");
  return only_other[0]?.origin === "recorded"
    ? t("run.onlyRecorded", "Recorded by the producer, not found with today's thresholds: {{types}}", { types })
    : t("run.onlyComputed", "Found with today's thresholds, not recorded by the producer: {{types}}", { types });
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({ display: "flex", flexDirection: "column", gap: theme.spacing(1) }),
  // For those who move by headings: the cards themselves say it to the eye.
  unseen: css({ position: "absolute", width: 1, height: 1, margin: -1, overflow: "hidden", clipPath: "inset(50%)" }),
});
