import { t } from "../../components/text";
import { detectorOf } from "../../core/detectors";
import { isFailureType } from "../../core/wire";
import { type AgentsQuery, WHAT_IF_FORMATS, type WhatIfFormat } from "../query/types";
import { Choice } from "./Choice";
import { failureTypeOptions } from "./options";
import { TextField } from "./TextField";
import { withChosen } from "./useSuggestions";

interface WhatIfFieldsProps {
  readonly query: AgentsQuery;
  readonly change: (changed: Partial<AgentsQuery>) => void;
}

/** The detector of a what-if and its thresholds. */
export function WhatIfFields({ query, change }: WhatIfFieldsProps) {
  const { failureType = "", thresholds = {} } = query;
  const defaults = isFailureType(failureType) ? detectorOf(failureType).defaults : {};
  const format: WhatIfFormat = WHAT_IF_FORMATS.find((known) => known === query.format) ?? "summary";
  const set = (key: string, text: string | undefined): void => {
    const { [key]: _old, ...rest } = thresholds;
    change({ thresholds: text === undefined ? rest : { ...rest, [key]: text } });
  };
  return (
    <>
      <Choice
        label={t("datasource.field.detector", "Detector")}
        options={withChosen(failureTypeOptions(), failureType === "" ? [] : [failureType])}
        value={failureType}
        onChange={(type) => change({ failureType: type, thresholds: {} })}
      />
      {Object.entries(defaults).map(([key, value]) => (
        <TextField
          key={key}
          label={key}
          width={16}
          placeholder={t("datasource.field.threshold", "default {{value}}", { value: value ?? "off" })}
          value={thresholds[key]}
          onCommit={(text) => set(key, text)}
        />
      ))}
      <Choice
        label={t("datasource.field.format", "Show as")}
        options={formatOptions()}
        value={format}
        onChange={(chosen) => change({ format: chosen })}
      />
    </>
  );
}

const formatOptions = () => [
  {
    value: WHAT_IF_FORMATS[0],
    label: t("datasource.format.summary", "Counts"),
    description: t("datasource.format.summary-is", "A row per candidate"),
  },
  {
    value: WHAT_IF_FORMATS[1],
    label: t("datasource.format.runs", "Runs"),
    description: t("datasource.format.runs-are", "The runs that would fire"),
  },
];
