import { counted, listed } from "../../../core/detectors/words";
import type { Count } from "../collectorMetrics";
import { type Finding, failure, ok, warning } from "../finding";
import type { Observations } from "../observations";
import { CLASSIFY } from "./content";

/** The collector that was named: does it lose anything, and does it know what it is sent? */
export function collector({ collector: seen }: Observations): Finding[] {
  if (seen === undefined) return [];
  const { url, error, counts } = seen;
  if (error !== undefined) {
    const next = "Start it with dunetrace collect, or give the address it listens on with --collector.";
    return [failure("collector", `The collector at ${url} does not say how it is: ${error}.`, next)];
  }
  return [losses(url, counts), unknownSpans(counts)];
}

/** What is lost for good, in words. */
const LOSSES: readonly (readonly [name: string, one: string])[] = [
  ["dunetrace_lines_lost_total", "line not taken by its output"],
  ["dunetrace_output_dropped_lines_total", "line given up by its output"],
  ["dunetrace_spans_dropped_total", "span beyond the limit of its trace"],
  ["dunetrace_spans_late_total", "span that came, or came again, after its run was written"],
  ["dunetrace_traces_evicted_total", "trace closed early to make room"],
  ["dunetrace_requests_limited_total", "request refused for too many"],
];

function losses(url: string, counts: readonly Count[]): Finding {
  const lost = LOSSES.flatMap(([name, one]) => {
    const times = sum(counts, name);
    return times === 0 ? [] : [counted(times, one, one.replace(/^(\w+)/, "$1s"))];
  });
  const unforwarded = counts.filter(
    ({ name, labels }) => name === "dunetrace_forwarded_total" && labels.result !== "forwarded",
  );
  if (sum(unforwarded) > 0) lost.push(counted(sum(unforwarded), "request not passed on", "requests not passed on"));
  const runs = counted(sum(counts, "dunetrace_runs_total"), "run");
  if (lost.length === 0)
    return ok("collector", `The collector at ${url} wrote ${runs} since it started, and lost nothing.`);
  return warning(
    "collector",
    `The collector at ${url} wrote ${runs} since it started; it counts ${listed(lost)}.`,
    "Its /metrics names each; limits are in collector.yml, lost lines mean that an output is away or full, and --forward names who refuses what is passed on.",
  );
}

/** Also those of traces that became no run, which leave no line. */
function unknownSpans(counts: readonly Count[]): Finding {
  const unknown = counts.filter(({ name }) => name === "dunetrace_spans_unknown_total");
  if (unknown.length === 0) return ok("collector_spans", "The collector knows every span that it was sent.");
  const names = unknown.toSorted((a, b) => b.value - a.value).map(({ labels }) => labels.name ?? "");
  const without = sum(counts, "dunetrace_traces_without_run_total");
  const runs = without === 0 ? "" : `; ${counted(without, "trace")} had nothing of an agent`;
  return warning(
    "collector_spans",
    `The collector does not know ${counted(sum(unknown), "span")}, named ${listed(names, 5)}${runs}.`,
    CLASSIFY,
  );
}

function sum(counts: readonly Count[], name?: string): number {
  return counts.reduce((all, count) => (name === undefined || count.name === name ? all + count.value : all), 0);
}
