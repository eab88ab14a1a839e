import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Slider, useStyles2 } from "@grafana/ui";
import type { DetectorSettings, Thresholds } from "../../core/detectors";
import { SETTING_MEANINGS } from "../../core/detectorsYml";
import { AskView } from "../states";
import { t } from "../text";
import { CandidateBars } from "./CandidateBars";
import { decidingFact } from "./comparisons";
import { MoreThresholds } from "./MoreThresholds";
import { limitText, settingName, settingValue } from "./settingWords";
import { useDebounced } from "./useDebounced";
import type { Selection } from "./useSelection";
import type { WhatIfs } from "./useWhatIf";
import { WhatIfNumbers } from "./WhatIfNumbers";

export interface WhatIfProps {
  readonly selection: Selection;
  readonly settings: DetectorSettings;
  readonly tried: Thresholds;
  readonly whatIfs: WhatIfs;
}

/** Tries thresholds on the history: the slider, its neighbours as bars, and the other settings. */
export function WhatIf({ selection, settings, tried, whatIfs }: WhatIfProps) {
  const { detector, setting } = selection;
  const inUse = settings[detector.type].thresholds;
  const others = Object.keys(inUse).filter((name) => name !== setting);
  return (
    <>
      {setting !== undefined && (
        <TriedSetting selection={selection} settings={settings} tried={tried} whatIfs={whatIfs} name={setting} />
      )}
      <WhatIfNumbers detector={detector} setting={setting} tried={tried} whatIfs={whatIfs} />
      <MoreThresholds
        key={detector.type}
        detector={detector}
        names={others}
        inUse={inUse}
        tried={tried}
        onTry={(name, value) => selection.try(name, value, settings)}
        onShow={selection.show}
      />
    </>
  );
}

function TriedSetting({ selection, settings, tried, whatIfs, name }: WhatIfProps & { readonly name: string }) {
  const styles = useStyles2(stylesOf);
  const { detector } = selection;
  const inUse = settings[detector.type].thresholds;
  const today = inUse[name];
  const [shown, change] = useDebounced(tried[name], (value) => selection.try(name, value, settings));
  const { range, values, counts } = whatIfs;
  if (range === undefined || today === undefined || shown === undefined) {
    return <p className={styles.quiet}>{t("detectors.isOff", "{{name}} is off.", { name: settingName(name) })}</p>;
  }
  const inputId = `detectors-${detector.key}-${name}`;
  const op = decidingFact(detector, name, inUse)?.op;
  return (
    <div>
      <div className={styles.head}>
        <span>
          <label htmlFor={inputId}>{settingName(name)}</label> <strong>{settingValue(name, shown)}</strong>
        </span>
        <span className={styles.quiet}>
          {t("detectors.inUse", "today {{value}}", { value: settingValue(name, today) })}
        </span>
      </div>
      <p className={styles.quiet}>{SETTING_MEANINGS[detector.type][name]}</p>
      <Slider
        min={Math.min(range.min, shown, today)}
        max={Math.max(range.max, shown, today)}
        step={range.step}
        value={shown}
        onChange={change}
        included
        ariaLabelForHandle={settingName(name)}
        inputId={inputId}
      />
      <AskView what={t("detectors.whatIfs", "The what-ifs")} asked={counts} rows={3}>
        {({ candidates }) => (
          <CandidateBars
            candidates={values.map((value, at) => ({
              value,
              label: limitText(name, value, op),
              fired: candidates[at]?.fired,
            }))}
            tried={shown}
            inUse={today}
            onTry={(value) => selection.try(name, value, settings)}
          />
        )}
      </AskView>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  head: css({ display: "flex", gap: theme.spacing(2), alignItems: "baseline", fontVariantNumeric: "tabular-nums" }),
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
});
