import { t } from "../../components/text";
import type { RateContext, SignalItem, SignalsAnswer } from "../../logql/ask";
import { encodeCursor } from "../query/cursor";
import { severityShown } from "./columns";
import { type Column, type Frame, type FrameNotice, fieldsOf } from "./frame";
import { type LinkTargets, linesLinks, runLink } from "./links";
import { cutNotices, differNotice, moreNotice } from "./notices";

export type RateOf = (signal: SignalItem) => RateContext | undefined;

/** Looks up the rate context of signals. */
export function rateLookup(rates: readonly RateContext[]): RateOf {
  const known = new Map(rates.map((rate) => [JSON.stringify([rate.agent_id, rate.failure_type]), rate]));
  return ({ agent_id, failure_type }) => known.get(JSON.stringify([agent_id, failure_type]));
}

/** Signals as a table: the fields are what the signals panel reads. */
export function signalsFrame(
  { signals, more, cursor, cut }: SignalsAnswer,
  rateOf: RateOf,
  targets: LinkTargets,
  notices: readonly FrameNotice[] = [],
): Frame {
  const differing = signals.filter(({ differs }) => differs !== undefined).length;
  return {
    name: t("datasource.frame.signals", "Signals"),
    shape: "table",
    fields: fieldsOf(signals, [
      ...headColumns(targets),
      ...verdictColumns(),
      ...tellingColumns(),
      ...rateColumns(rateOf),
    ]),
    custom: { more, ...(cursor === undefined ? {} : { cursor: encodeCursor(cursor) }) },
    notices: [...notices, ...moreNotice(signals.length, more), ...cutNotices(cut), ...differNotice(differing)],
  };
}

function headColumns(targets: LinkTargets): readonly Column<SignalItem>[] {
  const text = { type: "string" } as const;
  return [
    { name: "time", type: "time", displayName: t("datasource.column.time", "Time"), value: ({ at }) => Math.floor(at) },
    {
      ...text,
      name: "run_id",
      displayName: t("datasource.column.run", "Run"),
      links: [runLink(targets, "time", "step_index"), ...linesLinks(targets)],
      value: ({ run_id }) => run_id,
    },
    {
      ...text,
      name: "agent_id",
      displayName: t("datasource.column.agent", "Agent"),
      value: ({ agent_id }) => agent_id,
    },
    {
      ...text,
      name: "agent_version",
      displayName: t("datasource.column.version", "Version"),
      value: ({ agent_version }) => agent_version,
    },
    {
      ...text,
      name: "session_id",
      displayName: t("datasource.column.session", "Session"),
      value: ({ session_id }) => session_id,
    },
  ];
}

function verdictColumns(): readonly Column<SignalItem>[] {
  const text = { type: "string" } as const;
  return [
    {
      ...text,
      name: "failure_type",
      displayName: t("datasource.column.failure-type", "Failure type"),
      value: ({ failure_type }) => failure_type,
    },
    {
      ...text,
      name: "severity",
      displayName: t("datasource.column.severity", "Severity"),
      shown: severityShown(),
      value: ({ severity }) => severity,
    },
    {
      ...text,
      name: "base_severity",
      displayName: t("datasource.column.base-severity", "Severity by the rule alone"),
      value: ({ base_severity }) => base_severity,
    },
    {
      name: "confidence",
      type: "number",
      displayName: t("datasource.column.confidence", "Confidence"),
      decimals: 2,
      value: ({ confidence }) => confidence,
    },
    {
      name: "shadow",
      type: "boolean",
      displayName: t("datasource.column.shadow", "Shadow"),
      value: ({ shadow }) => shadow,
    },
    { ...text, name: "phase", displayName: t("datasource.column.phase", "Phase"), value: ({ phase }) => phase },
    {
      name: "provisional",
      type: "boolean",
      displayName: t("datasource.column.provisional", "Provisional"),
      value: ({ provisional }) => provisional,
    },
    { ...text, name: "origin", displayName: t("datasource.column.origin", "Origin"), value: ({ origin }) => origin },
    {
      ...text,
      name: "differs",
      displayName: t("datasource.column.differs", "Differs"),
      description: t("datasource.column.differs-says", "What the other origin says where it differs"),
      value: ({ differs }) => (differs === null ? "clear" : differs),
    },
  ];
}

function tellingColumns(): readonly Column<SignalItem>[] {
  const text = { type: "string" } as const;
  return [
    { ...text, name: "title", displayName: t("datasource.column.title", "Signal"), value: ({ title }) => title },
    {
      ...text,
      name: "what",
      displayName: t("datasource.column.what", "What happened"),
      value: ({ explanation }) => explanation.what,
    },
    {
      ...text,
      name: "why",
      displayName: t("datasource.column.why", "Why it matters"),
      value: ({ explanation }) => explanation.why,
    },
    {
      ...text,
      name: "evidence",
      displayName: t("datasource.column.evidence", "Evidence"),
      value: ({ explanation }) => explanation.evidence,
    },
    {
      ...text,
      name: "fixes",
      displayName: t("datasource.column.fixes", "Fixes"),
      value: ({ explanation }) => JSON.stringify(explanation.fixes),
    },
    {
      name: "step_index",
      type: "number",
      displayName: t("datasource.column.step", "Step"),
      value: ({ step_index }) => step_index,
    },
  ];
}

function rateColumns(rateOf: RateOf): readonly Column<SignalItem>[] {
  return [
    {
      name: "rate",
      type: "string",
      displayName: t("datasource.column.rate", "Rate"),
      description: t("datasource.column.rate-of", "How often the agent had it in the 7 days before"),
      value: (signal) => rateOf(signal)?.rate,
    },
    {
      name: "rate_share",
      type: "number",
      displayName: t("datasource.column.rate-share", "Share of runs"),
      unit: "percentunit",
      decimals: 1,
      value: (signal) => {
        const rate = rateOf(signal);
        return rate === undefined || rate.runs === 0 ? undefined : rate.fired / rate.runs;
      },
    },
  ];
}
