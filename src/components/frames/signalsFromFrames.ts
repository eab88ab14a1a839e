import type { Fix } from "../../core/detectors";
import { isRecord, SEVERITIES, type Severity, severityRank } from "../../core/wire";
import { labelOf, type ShownRate, type ShownSignal } from "../signalCard/shown";
import { appRunHref } from "./appLinks";
import { type FrameRow, missingFields, type ReadFrame, rowsOf } from "./columns";

/** Fields without which a frame has no signals. */
export const SIGNAL_FIELDS = ["run_id", "failure_type", "severity"] as const;

export interface RowLink {
  readonly title: string;
  readonly href: string;
  readonly isExternal: boolean;
}

/** A row of a frame of signals. */
export interface FramedSignal extends ShownSignal {
  /** Tells rows apart. */
  readonly key: string;
  readonly run_id: string;
  readonly agent_id: string | undefined;
  readonly agent_version: string | undefined;
  readonly session_id: string | undefined;
  /** When it was recorded, ms. */
  readonly at: number | undefined;
  readonly rate: ShownRate | undefined;
  /** Data links of the run; the page of the run in the app where there are none. */
  readonly links: readonly RowLink[];
}

export interface FramedSignals {
  /** Worst first, of equally severe ones the newest; shadow ones too. */
  readonly signals: readonly FramedSignal[];
  /** Required fields that no frame has; empty where one has all of them. */
  readonly missing: readonly string[];
  /** Rows without a run, a type or a known severity. */
  readonly skipped: number;
}

/**
 * Reads signals from the first frames that have them: of our datasource, or of any other with these fields.
 *
 * @example const { signals, missing } = signalsFromFrames(data.series);
 */
export function signalsFromFrames(frames: readonly ReadFrame[]): FramedSignals {
  const fitting = frames.filter((frame) => missingFields(frame, SIGNAL_FIELDS).length === 0);
  const [first] = frames;
  if (fitting.length === 0) {
    return { signals: [], missing: first === undefined ? [] : missingFields(first, SIGNAL_FIELDS), skipped: 0 };
  }
  const rows = fitting.flatMap((frame, at) => rowsOf(frame).map((row) => signalOf(row, `${at}.${row.index}`)));
  const signals = rows.filter((signal) => signal !== undefined);
  return {
    signals: signals.sort((a, b) => severityRank(b.severity) - severityRank(a.severity) || (b.at ?? 0) - (a.at ?? 0)),
    missing: [],
    skipped: rows.length - signals.length,
  };
}

function signalOf(row: FrameRow, key: string): FramedSignal | undefined {
  const run_id = row.text("run_id");
  const failure_type = row.text("failure_type");
  const severity = severityOf(row.text("severity"));
  if (run_id === undefined || failure_type === undefined || severity === undefined) return undefined;
  const title = row.text("title") ?? labelOf(failure_type);
  const origin = row.text("origin");
  const step = row.number("step_index");
  const step_index = step !== undefined && Number.isSafeInteger(step) && step >= 0 ? step : undefined;
  const at = row.number("time");
  return {
    key,
    run_id,
    failure_type,
    severity,
    base_severity: severityOf(row.text("base_severity")) ?? severity,
    confidence: row.number("confidence"),
    shadow: row.flag("shadow"),
    provisional: row.flag("provisional"),
    origin: origin === "recorded" || origin === "computed" ? origin : undefined,
    differs: differsOf(row.text("differs")),
    title,
    step_index,
    evidence: {},
    explanation: {
      title,
      what: row.text("what") ?? "",
      why: row.text("why") ?? "",
      evidence: row.text("evidence") ?? "",
      fixes: fixesOf(row.text("fixes")),
    },
    logql: row.text("logql"),
    agent_id: row.text("agent_id"),
    agent_version: row.text("agent_version"),
    session_id: row.text("session_id"),
    at,
    rate: rateOf(row),
    links: linksOf(row, { run_id, at, step_index }),
  };
}

function severityOf(text: string | undefined): Severity | undefined {
  const upper = text?.toUpperCase();
  return SEVERITIES.find((severity) => severity === upper);
}

function differsOf(text: string | undefined): Severity | null | undefined {
  return text === "clear" ? null : severityOf(text);
}

function rateOf(row: FrameRow): ShownRate | undefined {
  const rate = row.text("rate");
  if (rate !== "first" && rate !== "recurring" && rate !== "systemic") return undefined;
  return { rate, share: row.number("rate_share") };
}

/** Fixes as JSON; what is none of them is left out. */
function fixesOf(text: string | undefined): readonly Fix[] {
  if (text === undefined) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A text that somebody wrote by hand: one fix in words.
    return [{ description: text, language: "text", code: "" }];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((part: unknown): Fix[] => {
    if (!isRecord(part) || typeof part.description !== "string") return [];
    const language = part.language === "typescript" || part.language === "yaml" ? part.language : "text";
    return [{ description: part.description, language, code: typeof part.code === "string" ? part.code : "" }];
  });
}

function linksOf(row: FrameRow, place: Parameters<typeof appRunHref>[0]): readonly RowLink[] {
  const links = row.field("run_id")?.getLinks?.({ valueRowIndex: row.index }) ?? [];
  if (links.length === 0) return [{ title: "", href: appRunHref(place), isExternal: false }];
  return links.map(({ title, href, target }) => ({ title, href, isExternal: target === "_blank" }));
}
