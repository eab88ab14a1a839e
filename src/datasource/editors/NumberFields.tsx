import { Stack, Text } from "@grafana/ui";
import { t } from "../../components/text";
import {
  NUMBER_DEFAULTS,
  NUMBER_SETTINGS,
  type NumberSetting,
  numberProblem,
  type StoredSettings,
} from "../settings/settings";
import { TextField } from "./TextField";

interface NumberFieldsProps {
  readonly stored: StoredSettings;
  readonly onChange: (changed: Partial<StoredSettings>) => void;
}

/** How often live views ask, and how much they show. */
export function NumberFields({ stored, onChange }: NumberFieldsProps) {
  return (
    <Stack direction="column" gap={2}>
      <Text element="h3" variant="h4">
        {t("datasource.config.views", "Live views")}
      </Text>
      {NUMBER_SETTINGS.map((name) => (
        <TextField
          key={name}
          label={labelOf(name)}
          width={16}
          placeholder={String(NUMBER_DEFAULTS[name])}
          value={stored[name] === undefined ? undefined : String(stored[name])}
          problemOf={(text) => numberProblem(name, Number(text))}
          onCommit={(text) => onChange({ [name]: text === undefined ? undefined : Number(text) })}
        />
      ))}
    </Stack>
  );
}

function labelOf(name: NumberSetting): string {
  switch (name) {
    case "pollMs":
      return t("datasource.config.poll", "Between two questions (ms)");
    case "listCap":
      return t("datasource.config.cap", "Rows of a list");
    case "fetchLimit":
      return t("datasource.config.fetch", "Rows of a further page");
    case "freshMs":
      return t("datasource.config.fresh", "A row counts as new for (ms)");
    case "slowStepMinMs":
      return t("datasource.config.slow", "No step is the slowest below (ms)");
  }
}
