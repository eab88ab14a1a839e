import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Combobox, Drawer, Field, Tab, TabsBar, useStyles2 } from "@grafana/ui";
import { useState } from "react";
import { SEVERITIES, type Severity } from "../../core/wire";
import { useAsk } from "../environment";
import { AskView, Note } from "../states";
import { t } from "../text";
import { CodeText } from "./CodeText";
import { rulesCommand } from "./rulesCommand";

/** Alert rules of the settings in use, as files for Grafana's provisioning and for Loki's ruler. */
export function AlertRulesDrawer({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles2(stylesOf);
  const [severity, setSeverity] = useState<Severity>("HIGH");
  const [path, setPath] = useState<string>();
  const asked = useAsk("alertRules", () => ({ min_severity: severity }), { once: true });
  return (
    <Drawer
      title={t("detectors.rules.title", "Alert rules")}
      subtitle={t(
        "detectors.rules.subtitle",
        "For the thresholds in use: signals, plain events, stalled runs, quiet agents",
      )}
      size="md"
      onClose={onClose}
    >
      <div className={styles.body}>
        <Field
          label={t("detectors.rules.severity", "Alert from severity")}
          description={t("detectors.rules.shadow", "Detectors in shadow never alert.")}
          noMargin
        >
          <Combobox<Severity>
            id="alert-rules-severity"
            width={18}
            options={SEVERITIES.map((value) => ({ value, label: value }))}
            value={severity}
            onChange={({ value }) => setSeverity(value)}
          />
        </Field>
        <AskView what={t("detectors.rules.title", "Alert rules")} asked={asked}>
          {({ files, datasource, scope }) => {
            const shown = files.find((file) => file.path === path) ?? files[0];
            if (shown === undefined) return null;
            return (
              <>
                <TabsBar>
                  {files.map((file) => (
                    <Tab
                      key={file.path}
                      label={nameOf(file.path)}
                      active={file === shown}
                      onChangeTab={() => setPath(file.path)}
                    />
                  ))}
                </TabsBar>
                <p className={styles.quiet}>
                  {t("detectors.rules.where", "Save as {{path}} below the folder that Grafana or Loki reads.", {
                    path: shown.path,
                  })}
                </p>
                <CodeText text={shown.text} label={shown.path} />
                <Note
                  title={t("detectors.rules.cli", "The same from the command line, with your changed detectors.yml")}
                >
                  <CodeText
                    text={rulesCommand({ severity, datasource, scope })}
                    label={t("detectors.rules.command", "Command")}
                  />
                </Note>
              </>
            );
          }}
        </AskView>
      </div>
    </Drawer>
  );
}

/** `alerting/rules.yaml` and `loki/rules/fake/dunetrace.yaml` by what they are for. */
function nameOf(path: string): string {
  if (path === "alerting/rules.yaml") return t("detectors.rules.grafana", "Grafana rules");
  if (path === "alerting/contact-points.yaml") return t("detectors.rules.contactPoints", "Contact points");
  if (path === "alerting/policies.yaml") return t("detectors.rules.policies", "Policies");
  if (path.startsWith("loki/")) return t("detectors.rules.ruler", "Loki ruler");
  return t("detectors.rules.alertmanager", "Alertmanager");
}

const stylesOf = (theme: GrafanaTheme2) => ({
  body: css({ display: "flex", flexDirection: "column", gap: theme.spacing(2) }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary }),
});
