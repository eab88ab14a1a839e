import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, Field, Input, useStyles2 } from "@grafana/ui";
import { useId, useState } from "react";
import type { Detector, Thresholds } from "../../core/detectors";
import { SETTING_MEANINGS } from "../../core/detectorsYml";
import { t } from "../text";
import { isValid } from "./changes";
import { settingName, settingUnit, settingValue } from "./settingWords";

export interface SettingInputProps {
  readonly detector: Detector;
  readonly name: string;
  readonly inUse: Thresholds;
  readonly tried: Thresholds;
  readonly onTry: (name: string, value: number | undefined) => void;
}

/** The settings beside the one with the slider, each with what it means. */
export function MoreThresholds(
  props: Omit<SettingInputProps, "name"> & {
    readonly names: readonly string[];
    readonly onShow: (name: string) => void;
  },
) {
  const { names, onShow, ...rest } = props;
  const styles = useStyles2(stylesOf);
  const [open, setOpen] = useState(names.some((name) => rest.tried[name] !== rest.inUse[name]));
  if (names.length === 0) return null;
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
        {t("detectors.more", "More thresholds ({{number}})", { number: names.length })}
      </Button>
      {open && (
        <div className={styles.list}>
          {names.map((name) => (
            <div key={name} className={styles.row}>
              <SettingInput {...rest} name={name} />
              {rest.tried[name] !== undefined && (
                <Button variant="secondary" fill="text" size="sm" onClick={() => onShow(name)}>
                  {t("detectors.compareSetting", "Compare values of {{name}}", { name: settingName(name) })}
                </Button>
              )}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** One setting as a number, with its meaning and what is in use. */
export function SettingInput({ detector, name, inUse, tried, onTry }: SettingInputProps) {
  const id = useId();
  const value = tried[name];
  const [text, setText] = useState<string>();
  const shown = text ?? (value === undefined ? "" : String(value));
  const parsed = shown.trim() === "" ? undefined : Number(shown);
  const valid = isValid(detector, name, parsed);
  const commit = (): void => {
    if (valid && parsed !== value) onTry(name, parsed);
    if (valid) setText(undefined);
  };
  const today = t("detectors.inUse", "today {{value}}", { value: settingValue(name, inUse[name]) });
  return (
    <Field
      label={`${settingName(name)}, ${today}`}
      description={SETTING_MEANINGS[detector.type][name]}
      invalid={!valid}
      error={t("detectors.invalid", "Not a value that this setting can have")}
      noMargin
    >
      <Input
        id={id}
        width={18}
        inputMode="decimal"
        placeholder={t("detectors.off", "off")}
        value={shown}
        suffix={settingUnit(name)}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setText(undefined);
        }}
      />
    </Field>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({ display: "flex", flexDirection: "column", gap: theme.spacing(2), padding: theme.spacing(1, 0, 1, 2) }),
  row: css({ display: "flex", flexDirection: "column", alignItems: "flex-start", gap: theme.spacing(0.5) }),
});
