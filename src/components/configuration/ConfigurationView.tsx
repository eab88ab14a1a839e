import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";
import { matcherText } from "../../logql/builders/compose/selector";
import { useAsk, useEnvironment } from "../environment";
import { AgentFilter, listParam, useFilters } from "../filters";
import { Toolbar } from "../frame";
import { AskView, Note } from "../states";
import { DataTable } from "../table";
import { t } from "../text";
import { ViewLink } from "../values";
import { settingColumns, thresholdColumns } from "./columns";
import { DataSource } from "./DataSource";
import { HowToChange } from "./HowToChange";
import { thresholdRows } from "./thresholdRows";
import { settingRows } from "./viewSettings";

/** What everything shown rests on: where the data comes from, and the settings in use. */
export default function ConfigurationView() {
  const styles = useStyles2(stylesOf);
  const { settings } = useEnvironment();
  const { agents } = useFilters();
  const agent = agents.length === 1 ? agents[0] : undefined;
  const asked = useAsk("configuration", () => ({ agent_id: agent }), { once: true });
  return (
    <>
      <Toolbar title={t("configuration.title", "Configuration")} onRefresh={asked.again} busy={asked.busy}>
        <AgentFilter />
      </Toolbar>
      <div className={styles.page}>
        <DataSource />
        <HowToChange />
        <Section title={t("configuration.views", "Views")}>
          <DataTable
            label={t("configuration.views", "Views")}
            rows={settingRows(settings)}
            columns={settingColumns()}
            keyOf={({ key }) => key}
          />
        </Section>
        <Section title={t("configuration.detectors", "Detectors")}>
          <AskView what={t("configuration.detectors", "Detectors")} asked={asked} rows={12}>
            {({ settings: thresholds, own_settings, given_baselines, scope }) => (
              <>
                {scope.length > 0 && (
                  <p>
                    {t("configuration.scope", "Only streams with")}{" "}
                    <code>{`{${scope.map(matcherText).join(", ")}}`}</code>
                  </p>
                )}
                <p className={styles.quiet}>
                  {agent === undefined
                    ? t("configuration.all", "What runs of all agents without settings of their own are judged by.")
                    : t("configuration.ofAgent", "What runs of {{agent}} are judged by.", { agent })}{" "}
                  {given_baselines.length === 0
                    ? t("configuration.baselines", "Baselines are computed from the 7 days before.")
                    : t("configuration.givenBaselines", "Baselines are given for {{number}} agents.", {
                        number: given_baselines.length,
                      })}
                </p>
                {own_settings.length > 0 && (
                  <Note title={t("configuration.own", "Agents with settings of their own")}>
                    {own_settings.map((name) => (
                      <span key={name} className={styles.agent}>
                        <ViewLink to={{ page: "configuration", params: { agent: listParam([name]) } }}>{name}</ViewLink>
                      </span>
                    ))}
                  </Note>
                )}
                <DataTable
                  label={t("configuration.detectors", "Detectors")}
                  rows={thresholdRows(thresholds)}
                  columns={thresholdColumns()}
                  keyOf={({ detector, name }) => `${detector.key} ${name ?? ""}`}
                  maxHeight="none"
                />
              </>
            )}
          </AskView>
        </Section>
      </div>
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles2(stylesOf);
  return (
    <section className={styles.section}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  page: css({ display: "flex", flexDirection: "column", gap: theme.spacing(3), maxWidth: 1200 }),
  section: css({ display: "flex", flexDirection: "column", gap: theme.spacing(1), minWidth: 0 }),
  title: css({ ...theme.typography.h4, margin: 0 }),
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
  agent: css({ marginRight: theme.spacing(2), overflowWrap: "anywhere" }),
});
