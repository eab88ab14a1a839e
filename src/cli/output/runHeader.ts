import { counted } from "../../core/detectors/words";
import type { Run } from "../../core/run";
import type { SEVERITIES } from "../../core/wire";
import {
  costOf,
  duration,
  moment,
  NO_DATA,
  NOTHING,
  exitReasonOf as reasonOf,
  tokensOf,
  UNPRICED,
} from "../../core/words";
import { sanitise, shortId } from "./sanitise";
import type { Style } from "./style";
import { wrap, wrapItems } from "./width";

/** A nested run, as its parent lists it. */
export interface ChildRun {
  readonly run_id: string;
  readonly agent_id: string;
  readonly status: Run["status"];
  readonly duration_ms: number;
  readonly worst: { readonly severity: (typeof SEVERITIES)[number]; readonly title: string } | undefined;
}

/** How much a run took: `41.2 s`, `23 steps`, `18.2k tokens`, `$0.12`. */
export function amountsOf({ facts }: Run): string[] {
  const tokens = tokensOf(facts);
  const cost = costOf(facts);
  return [
    duration(facts.duration_ms),
    counted(facts.steps, "step"),
    ...(tokens === NOTHING ? [] : [tokens === NO_DATA ? "tokens: no data" : `${tokens} tokens`]),
    ...(cost === NOTHING ? [] : [cost === NO_DATA || cost === UNPRICED ? `cost: ${cost}` : cost]),
  ];
}

/** Why it ended, in words, where that says more than the status; of a failed run the type of the error. */
export function exitReasonOf(run: Run): string | undefined {
  const reason = reasonOf(run);
  return reason === undefined ? undefined : sanitise(reason);
}

/** `completed (handoff) after 41.2 s`, then the other amounts. */
function outcomeOf(run: Run): string[] {
  const [took = "", ...amounts] = amountsOf(run);
  const reason = exitReasonOf(run);
  return [`${run.status}${reason === undefined ? "" : ` (${reason})`} after ${took}`, ...amounts];
}

/** Who ran, how it ended, and what identifies the run. */
export function runHeader(run: Run, style: Style, columns: number): string[] {
  const names = [
    moment(run.started_at).concat(" UTC"),
    ...(run.agent_version === undefined ? [] : [`version ${sanitise(run.agent_version)}`]),
    ...(run.model === undefined ? [] : [`model ${sanitise(run.model)}`]),
    ...(run.source === undefined ? [] : [`source ${sanitise(run.source)}`]),
    ...(run.session_id === undefined ? [] : [`session ${sanitise(run.session_id)}`]),
    ...(run.parent_run_id === undefined ? [] : [`nested in run ${shortId(run.parent_run_id)}`]),
    ...Object.entries(run.tags ?? {}).map(([key, value]) => sanitise(`${key}=${value}`)),
  ];
  return [
    style.bold(`${sanitise(run.agent_id)} · run ${shortId(run.run_id)}`),
    ...wrapItems(outcomeOf(run), " · ", columns).map((line) => style.status[run.status](line)),
    ...wrapItems(names, " · ", columns).map(style.dim),
    style.dim(`run_id ${sanitise(run.run_id)}`),
    ...cautions(run).flatMap((text) => wrap(`! ${text}`, columns)),
  ];
}

/** What makes the rest less than certain. */
function cautions(run: Run): string[] {
  const dropped = run.recorded?.dropped_events ?? 0;
  const recorded = run.recorded?.facts;
  return [
    ...(run.missing_lines > 0 ? [`${run.missing_lines} lines of this run are missing`] : []),
    ...(dropped > 0 ? [`the producer dropped ${dropped} events of this run`] : []),
    ...(run.facts_differ.length > 0 && recorded !== undefined
      ? [`facts on the terminal line differ from the events: ${run.facts_differ.join(", ")}`]
      : []),
    ...(run.raw_content ? ["raw content was seen in the lines of this run; it is not shown"] : []),
  ];
}
