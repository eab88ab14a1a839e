import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { type ReactNode, useMemo } from "react";
import { detectorOf } from "../../core/detectors";
import type { ExplainedSignal, RunDetails } from "../../logql/ask";
import { runTarget } from "../run/links";
import { StatusBadge } from "../run/RunBadges";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import { Moment, RunId, ViewLink } from "../values";
import { AlignedStepList } from "./AlignedStepList";
import { comparedSignals, differentFacts } from "./differences";
import { FigureTable } from "./FigureTable";

export interface ComparisonProps {
  readonly a: RunDetails;
  readonly b: RunDetails;
}

/** What two runs took, found and did, side by side. */
export function Comparison({ a, b }: ComparisonProps) {
  const styles = useStyles2(stylesOf);
  const signals = useMemo(() => comparedSignals(a.signals, b.signals), [a.signals, b.signals]);
  const facts = useMemo(() => differentFacts(a.run.facts, b.run.facts), [a.run, b.run]);
  return (
    <>
      <div className={styles.two}>
        <Who letter="A" details={a} />
        <Who letter="B" details={b} />
      </div>
      <Part title={t("compare.figures", "What they took")}>
        <FigureTable a={a.run.facts} b={b.run.facts} />
      </Part>
      <Part title={t("compare.signals", "Signals")}>
        {signals.length === 0 ? (
          <p>{t("compare.noSignals", "Neither run has a signal.")}</p>
        ) : (
          <table className={styles.table}>
            <Head first={t("compare.signal", "Signal")} />
            <tbody>
              {signals.map(({ failure_type, a: one, b: other }) => (
                <tr key={failure_type}>
                  <th scope="row">{detectorOf(failure_type).label}</th>
                  <td>
                    <SignalCell signal={one} run={a.run} />
                  </td>
                  <td>
                    <SignalCell signal={other} run={b.run} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Part>
      <Part title={t("compare.alignedSteps", "Steps")}>
        <AlignedStepList a={a.run} b={b.run} />
      </Part>
      <Part title={t("compare.facts", "Facts that differ")}>
        {facts.length === 0 ? (
          <p>{t("compare.noFacts", "All facts are equal.")}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section className={styles.wide} tabIndex={0} aria-label={t("compare.facts", "Facts that differ")}>
            <table className={styles.table}>
              <Head first={t("compare.fact", "Fact")} last={t("compare.meaning", "What it is")} />
              <tbody>
                {facts.map((fact) => (
                  <tr key={fact.name}>
                    <th scope="row" className={styles.name}>
                      {fact.name}
                    </th>
                    <td className={styles.number}>{fact.a}</td>
                    <td className={styles.number}>{fact.b}</td>
                    <td>{fact.meaning}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Part>
    </>
  );
}

function Who({ letter, details: { run } }: { readonly letter: string; readonly details: RunDetails }) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.who}>
      <strong>{letter}</strong>
      <ViewLink to={runTarget(run)}>{run.agent_id}</ViewLink>
      <RunId id={run.run_id} to={runTarget(run)} copyable />
      <StatusBadge status={run.status} />
      <Moment at={run.started_at / 1000} />
      {run.agent_version !== undefined && (
        <span className={styles.cut}>
          {t("compare.version", "version {{version}}", { version: run.agent_version })}
        </span>
      )}
      {run.model !== undefined && <span className={styles.cut}>{run.model}</span>}
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles2(stylesOf);
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

function Head({ first, last }: { readonly first: string; readonly last?: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">A</th>
        <th scope="col">B</th>
        {last !== undefined && <th scope="col">{last}</th>}
      </tr>
    </thead>
  );
}

interface SignalCellProps {
  readonly signal: ExplainedSignal | undefined;
  readonly run: RunDetails["run"];
}

function SignalCell({ signal, run }: SignalCellProps) {
  const styles = useStyles2(stylesOf);
  if (signal === undefined) return <span className={styles.quiet}>{t("compare.clear", "not found")}</span>;
  const step = signal.step_index === undefined ? undefined : String(signal.step_index);
  return (
    <>
      <SeverityBadge severity={signal.severity} shadow={signal.shadow} />{" "}
      <ViewLink to={runTarget(run, { step })}>{signal.title}</ViewLink>
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  two: css({
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 320px), 1fr))",
    gap: theme.spacing(1, 2),
  }),
  who: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(0.5, 1.5), minWidth: 0 }),
  cut: css({ maxWidth: "24ch", overflow: "hidden", textOverflow: "ellipsis", color: theme.colors.text.secondary }),
  part: css({
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1.5, 2),
    minWidth: 0,
  }),
  title: css({ ...theme.typography.h5, margin: theme.spacing(0, 0, 1) }),
  wide: css({ overflowX: "auto" }),
  table: css({
    width: "100%",
    overflowWrap: "anywhere",
    "& th, & td": { padding: theme.spacing(0.5, 2, 0.5, 0), textAlign: "left", verticalAlign: "top" },
    "& thead th": { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    "& tbody tr": { borderTop: `1px solid ${theme.colors.border.weak}` },
  }),
  name: css({ fontFamily: theme.typography.fontFamilyMonospace }),
  number: css({ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }),
  quiet: css({ color: theme.colors.text.secondary }),
});
