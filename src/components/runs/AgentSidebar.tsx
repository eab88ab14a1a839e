import { css, cx } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Collapse, useStyles2 } from "@grafana/ui";
import { useState } from "react";
import { count } from "../../core/words";
import { useEnvironment } from "../environment";
import { listParam } from "../filters";
import { t } from "../text";
import type { AgentCount } from "./agentCounts";

/** The agents with how many of their runs pass the other filters. A click shows the runs of one, another one of all. */
export function AgentSidebar({ agents, narrow }: { readonly agents: readonly AgentCount[]; readonly narrow: boolean }) {
  const [open, setOpen] = useState(false);
  const title = t("runs.agents", "Agents ({{number}})", { number: agents.length });
  if (!narrow) return <AgentList agents={agents} label={title} />;
  return (
    <Collapse label={title} isOpen={open} onToggle={setOpen}>
      <AgentList agents={agents} label={title} />
    </Collapse>
  );
}

function AgentList({ agents, label }: { readonly agents: readonly AgentCount[]; readonly label: string }) {
  const styles = useStyles2(stylesOf);
  const { href, location } = useEnvironment();
  const to = (agent: string | undefined): string => {
    const { agent: _agent, tick: _tick, ...params } = location.params;
    return href({ ...location, params: agent === undefined ? params : { ...params, agent } });
  };
  const total = agents.reduce((sum, { runs }) => sum + runs, 0);
  const anyChosen = agents.some(({ chosen }) => chosen);
  return (
    <nav aria-label={label}>
      <ul className={styles.list}>
        <Entry
          name={t("runs.allAgents", "All agents")}
          href={to(undefined)}
          runs={total}
          failed={0}
          chosen={!anyChosen}
        />
        {agents.map(({ agent_id, runs, failed, chosen }) => (
          <Entry
            key={agent_id}
            name={agent_id}
            href={to(chosen ? undefined : listParam([agent_id]))}
            {...{ runs, failed, chosen }}
          />
        ))}
      </ul>
    </nav>
  );
}

interface EntryProps extends Pick<AgentCount, "runs" | "failed" | "chosen"> {
  readonly name: string;
  readonly href: string;
}

function Entry({ name, href, runs, failed, chosen }: EntryProps) {
  const styles = useStyles2(stylesOf);
  return (
    <li>
      <a href={href} className={cx(styles.entry, chosen && styles.chosen)} aria-current={chosen ? "true" : undefined}>
        <span className={styles.name} title={name}>
          {name}
        </span>
        {failed > 0 && (
          <span className={styles.failed}>{t("runs.failedOf", "{{number}} failed", { number: count(failed) })}</span>
        )}
        <span className={runs === 0 ? styles.none : undefined}>{count(runs)}</span>
      </a>
    </li>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: "none", margin: 0, padding: 0, maxHeight: "calc(100vh - 12rem)", overflowY: "auto" }),
  entry: css({
    display: "flex",
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 1),
    borderLeft: "3px solid transparent",
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: "tabular-nums",
    "&:hover": { background: theme.colors.action.hover },
    "&:focus-visible": { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
  }),
  chosen: css({ background: theme.colors.action.selected, borderLeftColor: theme.colors.primary.border }),
  name: css({ flex: "1 1 0", minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }),
  failed: css({ color: theme.colors.error.text, whiteSpace: "nowrap" }),
  none: css({ color: theme.colors.text.secondary }),
});
