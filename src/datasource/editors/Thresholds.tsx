import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Alert, Stack, Text, useStyles2 } from "@grafana/ui";
import { t } from "../../components/text";
import {
  DEFAULT_SECTION,
  type ThresholdGroup,
  thresholdGroups,
  thresholdProblem,
  withThreshold,
} from "../settings/thresholds";
import { TextField } from "./TextField";

type Sections = Readonly<Record<string, unknown>>;

interface ThresholdsProps {
  readonly detectors: Sections;
  readonly problem: string | undefined;
  readonly onChange: (detectors: Sections) => void;
}

/** The thresholds of every detector for all agents; sections of single agents come from provisioning and stay. */
export function Thresholds({ detectors, problem, onChange }: ThresholdsProps) {
  const agents = Object.keys(detectors).filter((name) => name !== DEFAULT_SECTION);
  return (
    <Stack direction="column" gap={2}>
      <Text element="h3" variant="h4">
        {t("datasource.config.thresholds", "Thresholds")}
      </Text>
      <Text color="secondary">
        {t(
          "datasource.config.thresholds-are",
          "They judge what is computed here. The agents record with those of their own detectors.yml.",
        )}
      </Text>
      {problem !== undefined && <Alert severity="error" title={problem} />}
      {agents.length > 0 && (
        <Text color="secondary">
          {t("datasource.config.own-sections", "Agents with thresholds of their own: {{agents}}", {
            agents: agents.join(", "),
          })}
        </Text>
      )}
      {thresholdGroups(detectors).map((group) => (
        <Group
          key={group.detector}
          group={group}
          set={(key, value) => onChange(withThreshold(detectors, group.detector, key, value))}
        />
      ))}
    </Stack>
  );
}

interface GroupProps {
  readonly group: ThresholdGroup;
  readonly set: (key: string, value: number | undefined) => void;
}

/** One detector: what it looks for, and its thresholds beside it. */
function Group({ group, set }: GroupProps) {
  const styles = useStyles2(stylesOf);
  const { detector, label, summary, thresholds } = group;
  return (
    <fieldset className={styles.group} aria-label={label}>
      <div className={styles.about}>
        <Text weight="medium">{label}</Text>
        <Text color="secondary" variant="bodySmall" element="p">
          {summary}
        </Text>
      </div>
      {thresholds.map(({ key, value, standard }) => (
        <TextField
          key={key}
          label={key}
          width={18}
          placeholder={String(standard ?? "off")}
          value={value === standard || value === undefined ? undefined : String(value)}
          problemOf={(text) => thresholdProblem(detector, key, Number(text))}
          onCommit={(text) => set(key, text === undefined ? undefined : Number(text))}
        />
      ))}
    </fieldset>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  group: css({
    display: "flex",
    flexWrap: "wrap",
    gap: theme.spacing(1, 2),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    paddingTop: theme.spacing(1),
  }),
  about: css({ width: theme.spacing(48), maxWidth: "100%" }),
});
