import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Drawer, LinkButton, useStyles2 } from "@grafana/ui";
import type { RateContext, SignalItem } from "../../logql/ask";
import { useEnvironment, useLink, useTimeRange } from "../environment";
import { labelOf, SignalCard } from "../signalCard";
import { t } from "../text";
import { RunId, ViewLink } from "../values";
import { OtherRuns } from "./OtherRuns";
import { runTarget, stepOf } from "./runTarget";

export interface SignalDrawerProps {
  readonly signal: SignalItem;
  readonly rate: RateContext | undefined;
  /** All of its group, newest first; it alone where signals are not grouped. */
  readonly group: readonly SignalItem[];
  readonly onClose: () => void;
}

/** The card of a signal beside the list: what, why and what to do, its run, and the other runs of its group. */
export function SignalDrawer({ signal, rate, group, onClose }: SignalDrawerProps) {
  const styles = useStyles2(stylesOf);
  const link = useLink();
  const { explore } = useEnvironment();
  const { span } = useTimeRange();
  const { agent_id, failure_type, logql } = signal;
  const step = stepOf(signal);
  const href = link(runTarget(signal));
  return (
    <Drawer
      title={t("signals.drawer", "{{failure}} of {{agent}}", { failure: labelOf(failure_type), agent: agent_id })}
      onClose={onClose}
      size="md"
    >
      <div className={styles.body}>
        <SignalCard
          signal={signal}
          rate={rate}
          stepHref={href}
          exploreHref={logql === undefined ? undefined : explore?.(logql, span())}
          about={
            <span className={styles.about}>
              <ViewLink to={{ page: "agent", id: agent_id }}>{agent_id}</ViewLink>
              <RunId id={signal.run_id} to={runTarget(signal)} copyable />
            </span>
          }
        />
        <LinkButton href={href} icon="gf-interpolation-linear">
          {step === undefined
            ? t("signals.openRun", "Open the run")
            : t("signals.openStep", "Open the run at step {{step}}", { step })}
        </LinkButton>
        <OtherRuns signal={signal} group={group} />
      </div>
    </Drawer>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  body: css({ display: "flex", flexDirection: "column", alignItems: "flex-start", gap: theme.spacing(2) }),
  about: css({ display: "inline-flex", flexWrap: "wrap", gap: theme.spacing(1), overflowWrap: "anywhere" }),
});
