import { LinkButton } from "@grafana/ui";
import { CodeText } from "../detectors/CodeText";
import { useEnvironment } from "../environment";
import { Note } from "../states";
import { t } from "../text";

/** How what is shown here is changed, for those who may. */
export function HowToChange() {
  const { configure, may } = useEnvironment();
  if (configure === undefined) return null;
  return (
    <Note title={t("configuration.change", "How to change this")}>
      <p>{configure.text}</p>
      {configure.command !== undefined && (
        <CodeText text={configure.command} label={t("configuration.command", "Command")} />
      )}
      {configure.href !== undefined &&
        (may.configure ? (
          <LinkButton variant="secondary" icon="cog" href={configure.href}>
            {t("configuration.open", "Open the settings")}
          </LinkButton>
        ) : (
          <p>{t("configuration.readOnly", "Your role can read this, an administrator can change it.")}</p>
        ))}
    </Note>
  );
}
