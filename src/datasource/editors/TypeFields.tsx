import { t } from "../../components/text";
import {
  type AgentsQuery,
  RATE_GROUPS,
  RUN_FORMATS,
  RUN_SORTS,
  type RunFormat,
  type RunSort,
  VERDICT_MODES,
} from "../query/types";
import { Choice, Choices } from "./Choice";
import { modeOptions } from "./options";
import { TextField } from "./TextField";
import { WhatIfFields } from "./WhatIfFields";

export interface TypeFieldsProps {
  readonly query: AgentsQuery;
  readonly change: (changed: Partial<AgentsQuery>) => void;
}

/** The fields of one query type. */
export function TypeFields({ query, change }: TypeFieldsProps) {
  switch (query.queryType) {
    case "runs":
      return (
        <>
          <Choice
            label={t("datasource.field.sort", "Order")}
            options={sortOptions()}
            value={sortOf(query)}
            onChange={(sort) => change({ sort })}
          />
          <Choices
            label={t("datasource.field.statuses", "Status")}
            placeholder={t("datasource.filter.all", "All")}
            options={["completed", "errored", "stalled", "running"].map((value) => ({ value, label: value }))}
            value={query.statuses}
            onChange={(statuses) => change({ statuses })}
          />
          <ModeField query={query} change={change} />
        </>
      );
    case "run":
      return (
        <>
          <TextField
            label={t("datasource.field.run", "Run id")}
            width={42}
            placeholder={t("datasource.field.run-example", "an id, or a variable such as $run")}
            value={query.runId}
            onCommit={(runId) => change({ runId })}
          />
          <Choice
            label={t("datasource.field.format", "Show as")}
            options={formatOptions()}
            value={formatOf(query)}
            onChange={(format) => change({ format })}
          />
        </>
      );
    case "signals":
      return <ModeField query={query} change={change} />;
    case "signalRate":
      return (
        <>
          <Choices
            label={t("datasource.field.by", "Split by")}
            placeholder={t("datasource.field.by-none", "Not split")}
            options={RATE_GROUPS.map((value) => ({ value, label: value.replace("_", " ") }))}
            value={query.by ?? ["severity"]}
            onChange={(by = []) => change({ by: RATE_GROUPS.filter((group) => by.includes(group)) })}
          />
          <TextField
            label={t("datasource.field.step", "Length of a bar")}
            width={16}
            placeholder={t("datasource.field.step-auto", "auto")}
            value={query.step}
            onCommit={(step) => change({ step })}
          />
        </>
      );
    case "whatIf":
      return <WhatIfFields query={query} change={change} />;
    case "agents":
    case "annotations":
      return null;
  }
}

function ModeField({ query, change }: TypeFieldsProps) {
  const value = VERDICT_MODES.find((mode) => mode === query.mode) ?? "auto";
  return (
    <Choice
      label={t("datasource.field.mode", "Verdicts")}
      options={modeOptions()}
      value={value}
      onChange={(mode) => change({ mode })}
    />
  );
}

const sortOf = ({ sort }: AgentsQuery): RunSort => sort ?? RUN_SORTS[0];
const formatOf = ({ format }: AgentsQuery): RunFormat => RUN_FORMATS.find((known) => known === format) ?? "table";

const sortOptions = () => [
  { value: RUN_SORTS[0], label: t("datasource.sort.newest", "Newest first") },
  { value: RUN_SORTS[1], label: t("datasource.sort.slowest", "Slowest first") },
];

const formatOptions = () => [
  { value: RUN_FORMATS[0], label: t("datasource.format.table", "Table of steps") },
  {
    value: RUN_FORMATS[1],
    label: t("datasource.format.logs", "Lines"),
    description: t("datasource.format.logs-for", "For the timeline panel and Logs"),
  },
  {
    value: RUN_FORMATS[2],
    label: t("datasource.format.trace", "Trace"),
    description: t("datasource.format.trace-for", "For the Traces panel"),
  },
];
