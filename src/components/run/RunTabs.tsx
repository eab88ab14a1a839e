import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { FilterInput, Tab, TabsBar, useStyles2 } from "@grafana/ui";
import { type KeyboardEvent, useCallback, useRef } from "react";
import type { RunDetails } from "../../logql/ask";
import { timeParams, useEnvironment, useParams } from "../environment";
import { t } from "../text";
import { Timeline } from "../timeline";
import { AttributesTab } from "./AttributesTab";
import { FactsTab } from "./FactsTab";
import { LogTab } from "./LogTab";
import { timeOf } from "./links";
import { readRunParams, selectedStep, TABS } from "./params";
import { StepsTab } from "./StepsTab";
import { moveBetweenTabs, titleOf } from "./tabs";
import { useRunKeys } from "./useRunKeys";

/** The run in five ways, all over one selection and one search, both in the address. */
export function RunTabs({ details }: { readonly details: RunDetails }) {
  const styles = useStyles2(stylesOf);
  const { href, location } = useEnvironment();
  const [params, change] = useParams();
  const asked = readRunParams(params);
  const { tab, find } = asked;
  const step = selectedStep(asked, details.signals);
  const finder = useRef<HTMLInputElement>(null);
  const hasFind = tab !== "timeline";
  const select = useCallback(
    (selected: number | undefined) => change({ step: selected?.toString(), signal: undefined }, { replace: true }),
    [change],
  );
  useRunKeys({
    // The timeline takes its keys itself.
    skip: !hasFind,
    onFind: () => finder.current?.focus(),
    onClose: () => step !== undefined && select(undefined),
  });
  return (
    <section className={styles.box}>
      <div className={styles.bar}>
        <TabsBar hideBorder className={styles.tabs} onKeyDown={moveBetweenTabs}>
          {TABS.map((each) => (
            <Tab
              key={each}
              label={titleOf(each)}
              active={each === tab}
              href={href({ ...location, params: { ...location.params, tab: each } })}
              tabIndex={each === tab ? 0 : -1}
            />
          ))}
        </TabsBar>
        {hasFind && (
          <FilterInput
            ref={finder}
            className={styles.find}
            value={find}
            onChange={(text) => change({ find: text }, { replace: true })}
            placeholder={t("run.find", "Find, press /")}
            aria-label={t("run.findLabel", "Find in {{tab}}", { tab: titleOf(tab) })}
            onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              if (find === "") event.currentTarget.blur();
              else change({ find: undefined }, { replace: true });
            }}
          />
        )}
      </div>
      <div role="tabpanel" aria-label={titleOf(tab)}>
        <TabContent details={details} step={step} select={select} />
      </div>
    </section>
  );
}

interface TabContentProps {
  readonly details: RunDetails;
  readonly step: number | undefined;
  readonly select: (step: number | undefined) => void;
}

function TabContent({ details, step, select }: TabContentProps) {
  const { settings, navigate, location } = useEnvironment();
  const [params, change] = useParams();
  const { run, signals, children } = details;
  const { tab, find, inner } = readRunParams(params);
  const openRun = (run_id: string): void => {
    const child = children.find((row) => row.run.run_id === run_id);
    const at = child === undefined ? timeOf(run) : timeOf(child.run);
    navigate({ page: "run", id: run_id, params: { ...timeParams(location.params), at } });
  };
  switch (tab) {
    case "timeline":
      return (
        <Timeline
          run={run}
          signals={signals}
          nested={children}
          selected={step}
          onSelect={select}
          showInner={inner}
          onShowInner={(shown) => change({ inner: shown ? "true" : undefined }, { replace: true })}
          slowStepMinMs={settings.slowStepMinMs}
          onOpenRun={openRun}
          keys="page"
        />
      );
    case "steps":
      return <StepsTab run={run} find={find} selected={step} onClose={() => select(undefined)} />;
    case "facts":
      return <FactsTab details={details} find={find} />;
    case "log":
      return <LogTab run={run} find={find} selected={step} />;
    case "attributes":
      return <AttributesTab details={details} find={find} />;
  }
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(0.5, 2, 2),
    minWidth: 0,
  }),
  bar: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  }),
  tabs: css({ flex: "1 1 auto", minWidth: 0, overflowX: "auto" }),
  find: css({ width: "min(100%, 260px)" }),
});
