import { counted, listed } from "../../../core/detectors/words";
import { type Finding, ok, unknown, warning } from "../finding";
import type { Observations } from "../observations";

/** Lines of runs that ended just now may still be on their way, µs. */
const SETTLED = 3_000_000;

/** Runs of which the beginning and the end are there, and those of them that lack lines, by run_id. */
export function endedRuns({ lines, now }: Pick<Observations, "lines" | "now">): { whole: string[]; torn: string[] } {
  const seen = new Map<string, Set<number>>();
  const last = new Map<string, number>();
  for (const { line, stored } of lines) {
    if (line.run_id === "" || line.seq === undefined) continue;
    const seqs = seen.get(line.run_id) ?? new Set();
    seqs.add(line.seq);
    seen.set(line.run_id, seqs);
    const isOver = line.event_type === "run.completed" || line.event_type === "run.errored";
    if (isOver && now - stored > SETTLED) last.set(line.run_id, line.seq);
  }
  const whole = [...last].filter(([run_id]) => seen.get(run_id)?.has(0) === true);
  const torn = whole.filter(([run_id, seq]) => (seen.get(run_id)?.size ?? 0) < seq + 1);
  return { whole: whole.map(([run_id]) => run_id), torn: torn.map(([run_id]) => run_id) };
}

/** Runs that are whole in the sample have every seq from 0 to that of the terminal line. */
export function completeness(observed: Observations): Finding {
  const { lines, terminals = [] } = observed;
  const { whole, torn } = endedRuns(observed);
  const dropped = terminals.filter(({ payload }) => (payload.dropped_events ?? 0) > 0);
  if (torn.length > 0) {
    const ids = torn.map((run_id) => run_id.slice(0, 8));
    return warning(
      "completeness",
      `${torn.length} of ${counted(whole.length, "run")} lack lines (gaps in seq): ${listed(ids, 3)}.`,
      "Look for refused or dropped batches in the log of the shipper, and for lines that Loki refused as too old or too long.",
    );
  }
  if (dropped.length > 0) {
    const agents = [...new Set(dropped.map(({ agent_id }) => agent_id))];
    return warning(
      "completeness",
      `${counted(dropped.length, "run")} of ${listed(agents, 3)} dropped events before they were written.`,
      "The output of those agents was blocked or full: see their stderr, and prefer a file to a pipe.",
    );
  }
  const isNumbered = lines.some(({ line }) => line.seq !== undefined);
  if (lines.length > 0 && !isNumbered) {
    return unknown("completeness", "These producers do not number their lines.", "The SDK and the collector do.");
  }
  if (whole.length === 0)
    return unknown("completeness", "No whole run among the newest lines.", "Run an agent once more.");
  return ok("completeness", `No line is missing from the newest ${counted(whole.length, "run")}.`);
}
